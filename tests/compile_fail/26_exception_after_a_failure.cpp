// HOLE 26: an exception unwinds past the guard, after a failure was recorded
// RUN: caught timed_out blocked
// CONTROL: timed_out
#include "device.hpp"

int main() {
  Device device;
  try {
    auto verdict = rg::reset(device, [](Scope& scope) -> rg::Verdict<Flr> {
      auto flr = Flr::run(scope.device());
      if (flr.failed()) throw 1;  // BAD
      // GOOD: if (!flr.failed()) throw 1;
      return flr;
    });
    say(device, RESET_GUARD_MOVE(verdict));
  } catch (int) {
    puts("caught");
    if (!device.reset_state.quarantined()) return 1;
    puts(rg::to_string(device.reset_state.quarantine_reason().code()));
    puts(device.blocked ? "blocked" : "free");
  }
}
