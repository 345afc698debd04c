// RULE: Get a scope from `OwnedScope::enter()` or from `reset()`.
// WHY: A constructor cannot report a refusal.
// ENFORCED: by types
#include "device.hpp"

// CASE: by a constructor
// MESSAGE g++: use of deleted function 'reset_guard::ResetScope<Device>::ResetScope(Device&) [with Device = Nic]'
// MESSAGE clang: call to deleted constructor of 'rg::ResetScope<Nic>'
// MESSAGE clang 19: reset_guard: use reset(device, handler), or OwnedScope<Device>::enter(device)
namespace scope_made {
#ifdef GOOD
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
}  // namespace scope_made

// CASE: what only looks like a scope, and one that nobody opened
// MESSAGE: no matching | deleted | no member
namespace forged_scope {
struct Pretends {
  Nic* reset_device;
  Nic& device() const { return *reset_device; }
};

struct Careless : rg::Step<Careless> {
  static rg::Verdict<Careless> in(Pretends& pretends, Scope&) {
    return pass(pretends);  // BAD
    // GOOD: return rg::Error(rg::Errc::io, 0, pretends.reset_device != nullptr ? rg::Literal("a") : rg::Literal("b"));
  }
};

rg::Verdict<BusReset> makes_a_scope(Nic& nic) {
  Scope scope(nic);  // BAD
  // GOOD: RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  return BusReset::run(scope);
}
}  // namespace forged_scope
