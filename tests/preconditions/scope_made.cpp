// RULE: A scope is made by `OwnedScope::enter()` or lent by `reset()`.
// ENFORCED: compile
// SAYS g++: use of deleted function 'reset_guard::ResetScope<Device>::ResetScope(Device&) [with Device = Nic]'
// SAYS clang: call to deleted constructor of 'rg::ResetScope<Nic>'
// SAYS clang 19: reset_guard: use reset(device, handler), or OwnedScope<Device>::enter(device)
// WHY: A constructor cannot say that it was refused.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, rg::OwnedScope<Nic>::enter(nic));
  return scope.finish(Flr::run(scope));
}
#else
rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  rg::ResetScope<Nic> scope(nic);
  return Flr::run(scope);
}
#endif

int main() {
  Nic nic;
  return exit_status(reset_by_hand(nic));
}
