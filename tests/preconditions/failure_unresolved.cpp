// RULE: A failure is resolved before success is claimed.
// ENFORCED: run
// OK PRINTS: verified, DMA goes through
// SAYS: unresolved_failure, DMA is blocked
// WHY: It is resolved by a retry of the same step, or by `overrule(error)`. Evidence of another step does not say that
// the failure is mended. The answer has the step and the native code of the failure that was passed over.
#include "device.hpp"

#ifdef OK
rg::Verdict<BusReset> handler(Scope& scope) {
  auto flr = Flr::run(scope);
  if (flr.failed()) RESET_GUARD_CHECK(scope.overrule(std::move(flr).error()));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  auto flr = Flr::run(scope);
  if (flr.failed()) std::move(flr).discard("the bus reset will do");
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  show(nic, rg::reset(nic, handler));
}
