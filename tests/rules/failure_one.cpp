// RULE: Resolve a failure before another step fails in the same scope.
// WHY: The ledger has room for one unresolved failure. Two failures of steps at one level cannot be resolved there:
//   `overrule()` returns `not_recorded` for both, a retry resolves neither, and the first is reported.
// ENFORCED: at run time
// PRINTS: timed_out, DMA is blocked
// GOOD PRINTS: verified, DMA goes through
#include "device.hpp"

#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  const rg::Error flr = error_of(Flr::run(scope));
  RESET_GUARD_CHECK(scope.overrule(flr));
  const rg::Error firmware = error_of(Firmware::run(scope));
  RESET_GUARD_CHECK(scope.overrule(firmware));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  const rg::Error flr = error_of(Flr::run(scope));
  const rg::Error firmware = error_of(Firmware::run(scope));
  RESET_GUARD_CHECK(scope.overrule(flr));
  RESET_GUARD_CHECK(scope.overrule(firmware));
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.flr_works = nic.firmware_answers = false;
  show(nic, rg::reset(nic, handler));
}
