// RULE: A handler does not move away the scope that it was lent.
// ENFORCED: run
// OK PRINTS: verified, DMA goes through
// SAYS: out_of_order, DMA is blocked
// WHY: It would end when its new owner ends it, and not when the handler returns. Pass it on by reference.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> by_flr(Scope& scope) { return Flr::in(scope); }

rg::Verdict<Flr> handler(Scope& scope) { return by_flr(scope); }
#else
rg::Verdict<Flr> by_flr(Scope scope) { return Flr::in(scope); }

rg::Verdict<Flr> handler(Scope& scope) { return by_flr(std::move(scope)); }
#endif

int main() {
  Nic nic;
  show(nic, rg::reset(nic, handler));
}
