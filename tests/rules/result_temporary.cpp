// RULE: Call `failed()` on a variable, not on a temporary.
// WHY: The error would be lost with the temporary.
// ENFORCED: by types
// MESSAGE: deleted...the error would be lost | deleted...failed | error would be lost
#include "device.hpp"

// CASE: in an if
// FOR EACH: reset, step, status
namespace failed_of_a_temporary {
rg::Verdict<BusReset> drops(Scope& scope) {
  if (Flr::run(scope.device()).failed()) scope.touch();  // BAD
  // GOOD: if (auto result = Flr::run(scope.device()); result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::run(scope);
}
}  // namespace failed_of_a_temporary

// CASE: in a loop, and behind an or
namespace in_a_loop {
rg::Verdict<BusReset> drops_in_a_loop(Scope& scope) {
  for (int tries = 0; attempt(scope.device()).failed() && tries != 3; ++tries) scope.touch();  // BAD
  // GOOD: auto result = attempt(scope.device()); if (result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::run(scope);
}

rg::Verdict<BusReset> drops_behind_or(Scope& scope, bool known) {
  if (known || attempt(scope.device()).failed()) scope.touch();  // BAD
  // GOOD: auto result = attempt(scope.device()); if (result.failed()) return RESET_GUARD_MOVE(result).error(); else if (known) scope.touch();
  return BusReset::run(scope);
}
}  // namespace in_a_loop
