// RULE: End a scope by `finish()`.
// WHY: A scope that is left without it has failed: with the failure that was recorded inside it, or as `abandoned`.
//   This includes an early return.
// ENFORCED: at run time
// PRINTS: unresolved_failure
#include "device.hpp"

// CASE: left after its work
// PRINTS: quarantined: abandoned
// GOOD PRINTS: in use
namespace scope_finished {
#ifdef GOOD
rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  return scope.finish(Flr::run(scope));
}
#else
rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  return Flr::run(scope);
}
#endif

int main() {
  Nic nic;
  reset_by_hand(nic).discard("the state says more");
  if (!nic.reset_state.quarantined()) return std::puts("in use") < 0;
  std::printf("quarantined: %s\n", to_string(nic.reset_state.quarantine_reason().code()));
  return 0;
}
}  // namespace scope_finished

// CASE: entered, and left at once
// ENFORCED: by strict (nodiscard; clang: typestate), at run time
// GOOD PRINTS: verified
namespace guard_ignored {
rg::Verdict<BusReset> drops(Scope& scope) {
  Owned::enter(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY(auto inner, Owned::enter(scope.device())); return inner.finish(BusReset::run(inner));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace guard_ignored

// CASE: in a variable that is never read
// ENFORCED: by strict (variable; clang: typestate), at run time
// GOOD PRINTS: verified
namespace guard_never_read {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto inner = Owned::enter(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY(auto inner, Owned::enter(scope.device())); return inner.finish(BusReset::run(inner));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace guard_never_read

// CASE: in a variable, without finish()
// GOOD PRINTS: verified
namespace guard_unfinished {
rg::Verdict<BusReset> drops(Scope& scope) {
  RESET_GUARD_TRY([[maybe_unused]] auto inner, Owned::enter(scope.device()));  // BAD
  // GOOD: RESET_GUARD_TRY(auto inner, Owned::enter(scope.device())); return inner.finish(BusReset::run(inner));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace guard_unfinished

// CASE: cast to void
// ENFORCED: by strict (g++: must_use; clang: typestate), at run time
// GOOD PRINTS: verified
namespace guard_void_cast {
rg::Verdict<BusReset> drops(Scope& scope) {
  (void)Owned::enter(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY(auto inner, Owned::enter(scope.device())); return inner.finish(BusReset::run(inner));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace guard_void_cast
