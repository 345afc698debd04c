// RULE: Overrule a failure in the scope where it was recorded, or in an outer scope.
// WHY: An inner scope cannot overrule a failure of an outer one: there `overrule()` returns `not_recorded`.
// ENFORCED: at run time
// PRINTS: timed_out, DMA is blocked
// GOOD PRINTS: verified, DMA goes through
#include "device.hpp"

#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  const rg::Error flr = error_of(Flr::run(scope));
  RESET_GUARD_CHECK(scope.overrule(flr));
  return rg::reset(scope.device(), [](Scope& inner) { return BusReset::run(inner); });
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  const rg::Error flr = error_of(Flr::run(scope));
  return rg::reset(scope.device(), [&](Scope& inner) -> rg::Verdict<BusReset> {
    RESET_GUARD_CHECK(inner.overrule(flr));
    return BusReset::run(inner);
  });
}
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  show(nic, rg::reset(nic, handler));
}
