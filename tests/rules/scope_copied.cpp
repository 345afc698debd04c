// RULE: Do not copy a scope.
// WHY: It ends once. Lend it by reference, or move it to a new owner.
// ENFORCED: by types
#include "device.hpp"

// CASE: a copy in an argument
// MESSAGE g++: use of deleted function 'reset_guard::OwnedScope<Device>::OwnedScope(const
//   reset_guard::OwnedScope<Device>&) [with Device = Nic]'
// MESSAGE clang: call to deleted constructor of 'Owned'
// MESSAGE clang 19: reset_guard: a scope ends once; move it, or pass a reference
namespace scope_copied {
#ifdef GOOD
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
}  // namespace scope_copied

// CASE: a copy, and an assignment
// MESSAGE: deleted
namespace copies {
void copies_scope(Scope& scope) {
  Scope copy = scope;  // BAD
  // GOOD: Scope& copy = scope;
  copy.touch();
}

void assigns_scope(Scope& scope, Scope& other) {
  scope = RESET_GUARD_MOVE(other);  // BAD
  // GOOD: scope.touch(), other.touch();
}
}  // namespace copies
