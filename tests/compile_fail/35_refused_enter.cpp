// HOLE 35: a refused nested enter, dropped
// RUN: unresolved_failure
// CONTROL: too_deep
#include "device.hpp"

static rg::Verdict<BusReset> nest(Scope& scope) {
  if (scope.depth() == rg::depth_limit) {
    auto refused = Owned::enter(scope.device());
    if (refused.failed()) RESET_GUARD_MOVE(refused).discard("a test");  // BAD
    // GOOD: if (refused.failed()) return RESET_GUARD_MOVE(refused).error();
    return BusReset::in(scope);
  }
  return rg::reset(scope.device(), nest);
}

int main() { return run(nest); }
