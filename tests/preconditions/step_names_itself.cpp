// RULE: A step derives from `Step` or `ResetStep` of itself.
// ENFORCED: compile
// SAYS g++: [with Scope = reset_guard::ResetScope<Nic>; S = Flr]' is private within this context
// SAYS clang: 'done' is a private member of 'reset_guard::Step<Flr>'
// WHY: `struct Slot : ResetStep<Flr>` would make evidence for another's act. Only the step that is named may use what
// the base offers.
#include "device.hpp"

#ifdef OK
struct Slot : rg::ResetStep<Slot> {
  static rg::Verdict<Slot> in(Scope& scope) { return done(scope); }
};
#else
struct Slot : rg::ResetStep<Flr> {
  static rg::Verdict<Flr> in(Scope& scope) { return done(scope); }
};
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, Slot::in));
}
