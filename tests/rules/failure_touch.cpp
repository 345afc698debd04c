// RULE: Call `touch()` when a handler changes the device outside its steps.
// WHY: The library does not see a register write. It would believe a later `unsupported`, and a half-stopped device
//   would get its DMA back.
// ENFORCED: by nobody
// LIMIT: The library does not see a register write.
// PRINTS: unsupported, DMA goes through
// GOOD PRINTS: already_touched, DMA is blocked
#include "device.hpp"

void stop_the_queues(Nic&) {}
const rg::Error not_mine(rg::Errc::unsupported, -25, "quirk");

#ifdef GOOD
rg::Verdict<Flr> handler(Scope& scope) {
  scope.touch();
  stop_the_queues(scope.device());
  if (!scope.device().flr_works) return not_mine;
  return Flr::run(scope);
}
#else
rg::Verdict<Flr> handler(Scope& scope) {
  stop_the_queues(scope.device());
  if (!scope.device().flr_works) return not_mine;
  return Flr::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  show(nic, rg::reset(nic, handler));
}
