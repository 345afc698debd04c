// RULE: At most 50 scopes of a device are open at a time (`depth_limit`).
// ENFORCED: run
// OK PRINTS: verified, DMA goes through
// SAYS: too_deep, DMA is blocked
// WHY: A reset that calls itself without an end is refused before the stack is used up.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> reset_below(Nic& nic, int bridges) {
  if (bridges == 0) return Flr::run(nic);
  return rg::reset(nic, [&](Scope& scope) { return reset_below(scope.device(), bridges - 1); });
}
#else
rg::Verdict<Flr> reset_below(Nic& nic, int bridges) {
  if (bridges < 0) return Flr::run(nic);
  return rg::reset(nic, [&](Scope& scope) { return reset_below(scope.device(), bridges + 1); });
}
#endif

int main() {
  Nic nic;
  show(nic, reset_below(nic, 3));
}
