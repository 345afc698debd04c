// RULE: A handler does not finish the scope that it was lent.
// ENFORCED: run
// OK PRINTS: verified, DMA goes through
// SAYS: out_of_order, DMA is blocked
// WHY: `reset()` ends it, with what the handler returns. The refusal is a failure of the reset.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> handler(Scope& scope) { return Flr::in(scope); }
#else
rg::Verdict<Flr> handler(Scope& scope) { return scope.finish(Flr::in(scope)); }
#endif

int main() {
  Nic nic;
  show(nic, rg::reset(nic, handler));
}
