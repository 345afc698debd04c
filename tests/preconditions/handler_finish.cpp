// RULE: A handler does not finish the scope that it was lent.
// ENFORCED: compile
// OK PRINTS: verified, DMA goes through
// SAYS g++: has no member named 'finish'
// SAYS clang: no member named 'finish' in 'reset_guard::ResetScope<Nic>'
// WHY: `reset()` ends it, with what the handler returns. A scope of its own is an `OwnedScope`.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> handler(Scope& scope) { return Flr::run(scope); }
#else
rg::Verdict<Flr> handler(Scope& scope) { return scope.finish(Flr::run(scope)); }
#endif

int main() {
  Nic nic;
  show(nic, rg::reset(nic, handler));
}
