// RULE: A handler does not move away the scope that it was lent.
// ENFORCED: compile
// OK PRINTS: verified, DMA goes through
// SAYS g++: use of deleted function
// SAYS clang: call to deleted constructor of 'Scope'
// SAYS clang 19: reset_guard: reset() ends this scope; pass a reference, or own one by OwnedScope::enter()
// WHY: It would end when its new owner ends it, and not when the handler returns. Pass it on by reference.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> by_flr(Scope& scope) { return Flr::run(scope); }

rg::Verdict<Flr> handler(Scope& scope) { return by_flr(scope); }
#else
rg::Verdict<Flr> by_flr(Scope scope) { return Flr::run(scope); }

rg::Verdict<Flr> handler(Scope& scope) { return by_flr(std::move(scope)); }
#endif

int main() {
  Nic nic;
  show(nic, rg::reset(nic, handler));
}
