// HOLE 24: done fails in a destructor
// RUN: quarantined abandoned 1
// CONTROL: free
#include "hooked.hpp"

static rg::Status leaves_early(Hooked& device) {
  RESET_GUARD_TRY(auto scope, rg::OwnedScope<Hooked>::enter(device));
  [[maybe_unused]] const auto finish = [&] { scope.finish(Pulse::in(scope)).discard("the device tells the rest"); };
  device.done_error = rg::Errc::no_memory;  // BAD
  // GOOD: device.done_error = rg::Errc{}; finish();
  return rg::ok();
}

int main() {
  Hooked device;
  leaves_early(device).discard("the device tells the rest");
  puts(device.reset_state.quarantined() && device.blocked ? "quarantined" : "free");
  if (device.reset_state.quarantined()) {
    const rg::Error reason = device.reset_state.quarantine_reason();
    puts(rg::to_string(reason.code()));
    puts(reason.later_errors() == 1 ? "1" : "another count");
  }
}
