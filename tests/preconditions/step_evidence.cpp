// RULE: Evidence of a step is made by that step alone.
// ENFORCED: compile
// SAYS g++: [with Device = Nic; S = Flr]' is private within this context
// SAYS clang: 'pass' is a private member of 'reset_guard::Step<Flr>'
// WHY: `pass(scope)` is the statement that the step was done. Whoever else needs it calls the step.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> handler(Scope& scope) { return Flr::run(scope); }
#else
rg::Verdict<Flr> handler(Scope& scope) { return Flr::pass(scope); }
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
