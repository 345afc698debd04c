// RULE: Open at most 50 scopes of a device at a time (`depth_limit`).
// WHY: A reset that calls itself without end is refused before it uses up the stack.
// ENFORCED: at run time
#include "device.hpp"

// CASE: a reset that calls itself
// PRINTS: too_deep, DMA is blocked
// GOOD PRINTS: verified, DMA goes through
namespace scope_depth {
#ifdef GOOD
rg::Verdict<Flr> reset_below(Nic& nic, int bridges) {
  if (bridges == 0) return Flr::run(nic);
  return rg::reset(nic, [&](Scope& scope) { return reset_below(scope.device(), bridges - 1); });
}
#else
rg::Verdict<Flr> reset_below(Nic& nic, int bridges) {
  if (bridges < 0) return Flr::run(nic);
  return rg::reset(nic, [&](Scope& scope) { return reset_below(scope.device(), bridges + 1); });
}
#endif

int main() {
  Nic nic;
  show(nic, reset_below(nic, 3));
  return 0;
}
}  // namespace scope_depth

// CASE: the refusal is dropped
// PRINTS: unresolved_failure
// GOOD PRINTS: too_deep
namespace refused_enter {
static rg::Verdict<Works> nest(Scope& scope) {
  if (scope.depth() == rg::depth_limit) {
    auto refused = Owned::enter(scope.device());
    if (refused.failed()) RESET_GUARD_MOVE(refused).discard("a test");  // BAD
    // GOOD: if (refused.failed()) return RESET_GUARD_MOVE(refused).error();
    return Works::in(scope);
  }
  return rg::reset(scope.device(), nest);
}

int main() { return run(nest); }
}  // namespace refused_enter
