// RULE: A handler that changes the device outside its steps says `touch()`.
// WHY: The library does not see a register that is written. An `unsupported` after it is then taken at its word, and a
//   device that is stopped half-way gets its DMA back.
// ENFORCED: by nobody
// LIMIT: The library does not see a register that is written.
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
