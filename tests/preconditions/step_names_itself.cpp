// RULE: A step derives from `Step` or `ResetStep` of itself.
// ENFORCED: compile
// SAYS g++: [with Device = Nic; S = Flr]' is private within this context
// SAYS clang: 'pass' is a private member of 'reset_guard::Step<Flr>'
// WHY: `struct Slot : ResetStep<Flr>` would make evidence for another's act. Only the step that is named may use what
// the base offers.
#include "device.hpp"

#ifdef OK
struct Slot : rg::ResetStep<Slot> {
  using Witness = Mark;
  static rg::Verdict<Slot> in(Scope& scope) {
    const Witness before(scope.device());
    return pass_if(scope, BusReset::act(scope.device()), before);
  }
};
#else
struct Slot : rg::ResetStep<Flr> {
  static rg::Verdict<Flr> in(Scope& scope) { return pass(scope); }
};
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, Slot::in));
}
