// HOLE 24: done fails after a reset that went well
// RUN: no_memory
// CONTROL: verified
#include "hooked.hpp"

int main() {
  Hooked device;
  device.done_error = rg::Errc::no_memory;  // BAD
  // GOOD: device.done_error = rg::Errc{};
  auto verdict = rg::reset(device, [](rg::ResetScope<Hooked>& scope) { return Pulse::in(scope); });
  const bool kept = device.blocked && device.reset_state.quarantined();
  if (verdict.failed()) {
    const rg::Error error = RESET_GUARD_MOVE(verdict).error();
    puts(kept ? rg::to_string(error.code()) : "failed-but-free");
  } else {
    RESET_GUARD_MOVE(verdict).discard("the word is about the outcome");
    puts(kept ? "success-but-blocked" : "verified");
  }
}
