// RULE: A failure is named in the scope where it was recorded, or in one around it.
// WHY: A scope inside cannot overrule what is not its own: there `overrule()` answers `not_recorded`.
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
