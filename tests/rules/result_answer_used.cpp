// RULE: Use what `failed()`, `error()` and `take()` return.
// WHY: Each is `[[nodiscard]]`: an unused `failed()` checks nothing, and an error that is taken out and dropped is
//   lost.
// ENFORCED: by strict (nodiscard), at run time except status
#include "device.hpp"

// CASE: the answer of failed() is dropped
// FOR EACH: reset, step, status
// PRINTS: unresolved_failure
// PRINTS status: verified
namespace failed_ignored {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  result.failed();  // BAD
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace failed_ignored

// CASE: the answer of error() is dropped
// FOR EACH: reset, step, status
// PRINTS: unresolved_failure
// PRINTS status: verified
namespace error_ignored {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  if (result.failed()) RESET_GUARD_MOVE(result).error();  // BAD
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace error_ignored

// CASE: the answers of take() and error() of a result with a value are dropped
// ENFORCED: by strict (nodiscard)
namespace members {
rg::Result<int> number() { rg::trap("never called"); }

int drops_take() {
  auto result = number();
  if (result.failed()) return RESET_GUARD_MOVE(result).error().native();
  RESET_GUARD_MOVE(result).take();  // BAD
  // GOOD: return RESET_GUARD_MOVE(result).take();
  return 0;
}

int drops_error() {
  auto result = number();
  if (!result.failed()) return RESET_GUARD_MOVE(result).take();
  RESET_GUARD_MOVE(result).error();  // BAD
  // GOOD: return RESET_GUARD_MOVE(result).error().native();
  return 0;
}
}  // namespace members
