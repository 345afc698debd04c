// RULE: Do not finish or move the scope that a handler receives.
// WHY: `reset()` ends it with the handler's result. A scope of your own is an `OwnedScope`; pass a lent scope on by
//   reference.
// ENFORCED: by types
#include "device.hpp"

// CASE: finished
// MESSAGE g++: has no member named 'finish'
// MESSAGE clang: no member named 'finish' in 'reset_guard::ResetScope<Nic>'
// GOOD PRINTS: verified, DMA goes through
namespace handler_finish {
#ifdef GOOD
rg::Verdict<Flr> handler(Scope& scope) { return Flr::run(scope); }
#else
rg::Verdict<Flr> handler(Scope& scope) { return scope.finish(Flr::run(scope)); }
#endif

int main() {
  Nic nic;
  show(nic, rg::reset(nic, handler));
  return 0;
}
}  // namespace handler_finish

// CASE: moved away
// MESSAGE g++: use of deleted function
// MESSAGE clang: call to deleted constructor of 'Scope'
// MESSAGE clang 19: reset_guard: reset() ends this scope; pass a reference, or own one by OwnedScope::enter()
// GOOD PRINTS: verified, DMA goes through
namespace handler_move {
#ifdef GOOD
rg::Verdict<Flr> by_flr(Scope& scope) { return Flr::run(scope); }

rg::Verdict<Flr> handler(Scope& scope) { return by_flr(scope); }
#else
rg::Verdict<Flr> by_flr(Scope scope) { return Flr::run(scope); }

rg::Verdict<Flr> handler(Scope& scope) { return by_flr(std::move(scope)); }
#endif

int main() {
  Nic nic;
  show(nic, rg::reset(nic, handler));
  return 0;
}
}  // namespace handler_move

// CASE: moved away, copied and finished
// MESSAGE: reset_guard: reset() ends this scope | deleted | no member | no matching | no viable | conversion from
namespace lent_scope {
rg::Verdict<BusReset> moves(Scope& scope) {
  Owned mine = RESET_GUARD_MOVE(scope);  // BAD
  // GOOD: Scope& mine = scope;
  return BusReset::run(mine);
}

rg::Verdict<BusReset> copies(Scope& scope) {
  auto mine = scope;  // BAD
  // GOOD: auto& mine = scope;
  return BusReset::run(mine);
}

rg::Verdict<BusReset> finishes(Scope& scope) {
  return scope.finish(BusReset::run(scope));  // BAD
  // GOOD: return BusReset::run(scope);
}
}  // namespace lent_scope
