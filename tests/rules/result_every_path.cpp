// RULE: Check a result on every path.
// WHY: One early return is enough to lose it. Only the analysis follows a result along the paths of a function.
// ENFORCED: by strict (clang: typestate), at run time except status
// LIMIT: A plain Status passes through no scope, so the library cannot see at run time that it was dropped.
// FOR EACH: reset, step, status
// PRINTS: unresolved_failure
// PRINTS status: verified
#include "device.hpp"

// CASE: unread on one path
namespace on_one_path {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  if (scope.outermost()) return BusReset::run(scope);  // BAD
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  RESET_GUARD_MOVE(result).discard("a test");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace on_one_path

// CASE: unread in one case of a switch
namespace in_a_switch {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  switch (scope.depth()) {
    case 1: return BusReset::run(scope);  // BAD
    // GOOD: case 1: RESET_GUARD_MOVE(result).discard("a control"); break;
    default: RESET_GUARD_MOVE(result).discard("a test");
  }
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace in_a_switch

// CASE: unread after the success of an earlier one
namespace in_success_branch {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto first = BusReset::run(scope);
  if (first.failed()) return RESET_GUARD_MOVE(first).error();
  RESET_GUARD_MOVE(first).discard("a test");
  [[maybe_unused]] auto result = Flr::run(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace in_success_branch

// CASE: unread after a RESET_GUARD_CHECK
namespace after_check {
rg::Verdict<BusReset> drops(Scope& scope) {
  RESET_GUARD_CHECK(rg::ok());
  [[maybe_unused]] auto result = Flr::run(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace after_check

// CASE: unread in a loop
namespace in_a_loop {
rg::Verdict<BusReset> drops(Scope& scope) {
  for (int i = 0; i < 2; ++i) [[maybe_unused]] auto result = Flr::run(scope.device());  // BAD
  // GOOD: for (int i = 0; i < 2; ++i) Flr::run(scope.device()).discard("a control");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace in_a_loop

// CASE: moved to another variable, and unread there
namespace moved_and_dropped {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  [[maybe_unused]] auto other = RESET_GUARD_MOVE(result);  // BAD
  // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace moved_and_dropped
