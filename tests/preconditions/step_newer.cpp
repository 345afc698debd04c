// RULE: A verdict's evidence is newer than the last reset step that failed.
// ENFORCED: run
// OK PRINTS: verified, DMA goes through
// SAYS: invalid_evidence, DMA is blocked
// WHY: A reset that failed half-way may have undone what was done before it, also when the failure was overruled by
// name.
#include "device.hpp"

#ifdef OK
rg::Verdict<BusReset> handler(Scope& scope) {
  auto flr = Flr::run(scope);
  if (flr.failed()) RESET_GUARD_CHECK(scope.overrule(std::move(flr).error()));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_TRY(auto reset, BusReset::run(scope));
  auto flr = Flr::run(scope);
  if (flr.failed()) RESET_GUARD_CHECK(scope.overrule(std::move(flr).error()));
  return reset;
}
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  show(nic, rg::reset(nic, handler));
}
