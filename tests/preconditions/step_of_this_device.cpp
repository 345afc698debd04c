// RULE: A verdict's evidence is of the device that is reset.
// ENFORCED: run
// OK PRINTS: verified, DMA goes through
// SAYS: invalid_evidence, DMA is blocked
// WHY: Evidence carries the address of the device's state. Of two devices of one type the types cannot tell.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> reset_both(Nic& first, Nic& second) {
  return rg::reset(first, [&](Scope& scope) -> rg::Verdict<Flr> {
    RESET_GUARD_TRY([[maybe_unused]] auto of_the_second, Flr::run(second));
    return Flr::run(scope);
  });
}
#else
rg::Verdict<Flr> reset_both(Nic& first, Nic& second) {
  return rg::reset(first, [&](Scope&) -> rg::Verdict<Flr> { return Flr::run(second); });
}
#endif

int main() {
  Nic first, second;
  show(first, reset_both(first, second));
}
