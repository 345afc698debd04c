// RULE: Do not assign to a result.
// WHY: The old result would be lost, success or failure.
// ENFORCED: by types
// LIMIT: The analysis does not follow a result through a reference.
// FOR EACH: reset, step, status
#include "device.hpp"

#include <memory>

// CASE: overwritten when it has failed
// FOR EACH: as written
// MESSAGE g++: use of deleted function 'reset_guard::Result<T>&
//   reset_guard::Result<T>::operator=(reset_guard::Result<T>&&) [with T = void]'
// MESSAGE clang: overload resolution selected deleted operator '='
// MESSAGE clang 19: reset_guard: it would drop the old answer; use a new variable
namespace result_assigned {
#ifdef GOOD
rg::Status load_twice(Nic& nic) {
  auto first = load_firmware(nic);
  if (!first.failed()) return first;
  std::move(first).discard("tried again");
  return load_firmware(nic);
}
#else
rg::Status load_twice(Nic& nic) {
  auto loaded = load_firmware(nic);
  if (loaded.failed()) loaded = load_firmware(nic);
  return loaded;
}
#endif

int main() {
  Nic nic;
  return exit_status(load_twice(nic));
}
}  // namespace result_assigned

// CASE: overwritten before it was read
// MESSAGE: deleted
namespace overwritten {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  result = Flr::run(scope.device());  // BAD
  // GOOD: if (!result.failed()) return rg::Error(rg::Errc::invalid, 0, "a control");
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::run(scope);
}
}  // namespace overwritten

// CASE: overwritten by a success
// MESSAGE: deleted
namespace overwritten_by_ok {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  auto other = Flr::run(scope.device());
  result = rg::Result(RESET_GUARD_MOVE(other));  // BAD
  // GOOD: RESET_GUARD_MOVE(other).discard("a control");
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::run(scope);
}
}  // namespace overwritten_by_ok

// CASE: destroyed, and built anew as something else
// ENFORCED: at run time except status
// STANDARD: C++20
// PRINTS: unresolved_failure
// PRINTS status: verified
namespace built_anew {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  std::destroy_at(&result), std::construct_at(&result, rg::Error(rg::Errc::unsupported, 0, "anew"));  // BAD
  // GOOD: if (result.failed()) scope.touch();
  RESET_GUARD_MOVE(result).discard("a test");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace built_anew
