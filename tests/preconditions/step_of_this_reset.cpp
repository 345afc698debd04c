// RULE: A verdict's evidence is of the reset that it ends.
// ENFORCED: run
// OK PRINTS: verified, DMA goes through
// SAYS: invalid_evidence, DMA is blocked
// WHY: Evidence carries the epoch, which each outermost enter counts up: what was proved yesterday proves nothing
// today.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> reset_twice(Nic& nic) {
  RESET_GUARD_TRY([[maybe_unused]] auto kept, Flr::run(nic));
  return rg::reset(nic, [](Scope& scope) { return Flr::run(scope); });
}
#else
rg::Verdict<Flr> reset_twice(Nic& nic) {
  RESET_GUARD_TRY(auto kept, Flr::run(nic));
  return rg::reset(nic, [&](Scope&) -> rg::Verdict<Flr> { return std::move(kept); });
}
#endif

int main() {
  Nic nic;
  show(nic, reset_twice(nic));
}
