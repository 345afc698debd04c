// RULE: Call `release_quarantine()` only on a device that is quarantined, and not in mid-reset.
// WHY: A device in use has nothing to release, and its hooks are not called. In mid-reset the call would lift the fence
//   during the reset; a verified reset lifts the quarantine by itself.
// ENFORCED: at run time
#include "device.hpp"

// CASE: of a device in use
// PRINTS: invalid
// GOOD PRINTS: ok
namespace quarantine_release_idle {
#ifdef GOOD
rg::Status put_to_use(Nic& nic) {
  if (!nic.reset_state.quarantined()) return rg::ok();
  return rg::release_quarantine(nic, "looked after by hand");
}
#else
rg::Status put_to_use(Nic& nic) { return rg::release_quarantine(nic, "to be on the safe side"); }
#endif

int main() {
  Nic nic;
  std::puts(word(put_to_use(nic), "ok"));
  return 0;
}
}  // namespace quarantine_release_idle

// CASE: in mid-reset
// PRINTS: out_of_order, DMA is blocked
// GOOD PRINTS: verified, DMA goes through
namespace quarantine_release_mid_reset {
#ifdef GOOD
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
  return 0;
}
}  // namespace quarantine_release_mid_reset
