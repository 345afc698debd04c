// RULE: `release_quarantine()` is not called in mid-reset.
// ENFORCED: run
// OK PRINTS: verified, DMA goes through
// SAYS: out_of_order, DMA is blocked
// WHY: It would lift the fence under the reset. A verified reset lifts the quarantine by itself.
#include "device.hpp"

#ifdef OK
rg::Verdict<BusReset> handler(Scope& scope) { return BusReset::run(scope); }
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_CHECK(rg::release_quarantine(scope.device(), "it is being reset"));
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  Flr::run(nic).discard("the state keeps the reason");
  show(nic, rg::reset(nic, handler));
}
