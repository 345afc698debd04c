// RULE: Evidence of a step is made by that step alone.
// ENFORCED: compile
// SAYS g++: [with Scope = reset_guard::ResetScope<Nic>; S = Flr]' is private within this context
// SAYS clang: 'done' is a private member of 'reset_guard::Step<Flr>'
// WHY: `done(scope)` is the statement that the step was done. Whoever else needs it calls the step.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> handler(Scope& scope) { return Flr::in(scope); }
#else
rg::Verdict<Flr> handler(Scope& scope) { return Flr::done(scope); }
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
