// HOLE 26: an exception ends a nested reset, and is caught in the outer one
// RUN: unresolved_failure
// CONTROL: verified
#include "device.hpp"

static rg::Verdict<Flr> interrupted(Scope& scope) {
  if (scope.depth() == 2) throw 1;  // BAD
  // GOOD: if (scope.depth() == 3) throw 1;
  return Flr::run(scope.device());
}

int main() {
  Device device;
  device.error = rg::Errc{};
  auto verdict = rg::reset(device, [](Scope& scope) -> rg::Verdict<BusReset> {
    try {
      rg::reset(scope.device(), interrupted).discard("a test");
    } catch (int) {
    }
    return BusReset::in(scope);
  });
  say(device, RESET_GUARD_MOVE(verdict));
}
