// RULE: A scope is not copied.
// ENFORCED: compile
// SAYS g++: use of deleted function 'reset_guard::OwnedScope<Device>::OwnedScope(const reset_guard::OwnedScope<Device>&) [with Device = Nic]'
// SAYS clang: call to deleted constructor of 'Owned'
// SAYS clang 19: reset_guard: a scope ends once; move it, or pass a reference
// WHY: It ends once. Lend it by reference, or move it to a new owner.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> by_flr(Scope& scope) { return Flr::run(scope); }
#else
rg::Verdict<Flr> by_flr(Owned scope) { return Flr::run(scope); }
#endif

rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  return scope.finish(by_flr(scope));
}

int main() {
  Nic nic;
  return exit_status(reset_by_hand(nic));
}
