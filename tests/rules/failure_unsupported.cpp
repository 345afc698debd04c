// RULE: Return `unsupported` from a handler only if it has touched nothing.
// WHY: `unsupported` means that the device is unchanged, so that done may restore the earlier fence and a chain may
//   continue. Evidence, a failure and `touch()` each show that the device was changed.
// ENFORCED: at run time
// PRINTS: already_touched, DMA is blocked
// GOOD PRINTS: unsupported, DMA goes through
#include "device.hpp"

#ifdef GOOD
rg::Verdict<Flr> handler(Scope& scope) {
  const rg::Error not_mine(rg::Errc::unsupported, -25, "quirk");
  if (!scope.device().flr_works) return not_mine;
  RESET_GUARD_TRY([[maybe_unused]] auto awake, Firmware::run(scope));
  return Flr::run(scope);
}
#else
rg::Verdict<Flr> handler(Scope& scope) {
  const rg::Error not_mine(rg::Errc::unsupported, -25, "quirk");
  RESET_GUARD_TRY([[maybe_unused]] auto awake, Firmware::run(scope));
  if (!scope.device().flr_works) return not_mine;
  return Flr::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  show(nic, rg::reset(nic, handler));
}
