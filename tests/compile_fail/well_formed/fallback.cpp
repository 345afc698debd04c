// A chain by hand: the second reset names the failure of the first.
#include "device.hpp"

rg::Verdict<BusReset> handler(Scope& scope) {
  auto first = Flr::run(scope.device());
  if (first.failed()) {
    RESET_GUARD_CHECK(scope.overrule(RESET_GUARD_MOVE(first).error()));
  } else {
    RESET_GUARD_MOVE(first).discard("the bus is reset in any case");
  }
  return BusReset::in(scope);
}
