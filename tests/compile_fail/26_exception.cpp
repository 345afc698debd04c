// HOLE 26: an exception unwinds past the guard
// RUN: caught abandoned blocked
// CONTROL: verified
#include "device.hpp"

static void may_throw(Scope& scope) {
  if (scope.outermost()) throw 1;  // BAD
  // GOOD: if (!scope.outermost()) throw 1;
}

int main() {
  Device device;
  try {
    auto verdict = rg::reset(device, [](Scope& scope) {
      may_throw(scope);
      return BusReset::in(scope);
    });
    say(device, RESET_GUARD_MOVE(verdict));
  } catch (int) {
    puts("caught");
    if (!device.reset_state.quarantined()) return 1;
    puts(rg::to_string(device.reset_state.quarantine_reason().code()));
    puts(device.blocked ? "blocked" : "free");
  }
}
