// RULE: A scope is made by `ResetScope::enter()` or lent by `reset()`.
// ENFORCED: compile
// SAYS g++: no matching function for call to 'reset_guard::ResetScope<Nic>::ResetScope(Nic&)'
// SAYS clang: no matching constructor for initialization of 'rg::ResetScope<Nic>'
// WHY: A constructor cannot say that it was refused.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, rg::ResetScope<Nic>::enter(nic));
  return scope.finish(Flr::in(scope));
}
#else
rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  rg::ResetScope<Nic> scope(nic);
  return scope.finish(Flr::in(scope));
}
#endif

int main() {
  Nic nic;
  return exit_status(reset_by_hand(nic));
}
