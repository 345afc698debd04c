// RULE: Use `RESET_GUARD_TRY` for a result with a value and `RESET_GUARD_CHECK` for a Status, as a statement of its
//   own, in a function that returns a result.
// WHY: The first declares a variable for the value, and a Status has no value; the second would drop the value, which
//   in a verdict is the evidence. Both return the failure, which an int cannot hold. Each is several statements, and an
//   if without braces would apply to the first only.
// ENFORCED: by types
#include "device.hpp"

// CASE: RESET_GUARD_TRY of a Status
// MESSAGE: RESET_GUARD_TRY needs a Result<T>; for a Status use RESET_GUARD_CHECK
namespace result_try {
#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_CHECK(load_firmware(scope.device()));
  RESET_GUARD_TRY(auto reset, BusReset::run(scope));
  return reset;
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_TRY(auto loaded, load_firmware(scope.device()));
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
}  // namespace result_try

// CASE: RESET_GUARD_CHECK of a verdict
// MESSAGE: RESET_GUARD_CHECK needs a Status; for a Result<T> with a value use RESET_GUARD_TRY
namespace result_check {
#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_TRY([[maybe_unused]] auto awake, Firmware::run(scope));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_CHECK(Firmware::run(scope));
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
}  // namespace result_check

// CASE: both
// MESSAGE: conver | cannot initialize | RESET_GUARD_TRY needs a Result<T>; for a Status use RESET_GUARD_CHECK |
//   RESET_GUARD_CHECK needs a Status
namespace chain_of_wrong_methods {
static rg::Status says_ok(Nic&) { return rg::ok(); }
static rg::Verdict<BusReset> resets(Nic& nic) {
  return rg::reset(nic, [](Scope& scope) { return BusReset::run(scope); });
}

rg::Status tries_a_status(Nic& nic) {
  RESET_GUARD_TRY([[maybe_unused]] auto what, attempt(nic));  // BAD
  // GOOD: RESET_GUARD_CHECK(attempt(nic));
  return rg::ok();
}

rg::Status checks_a_verdict(Nic& nic) {
  RESET_GUARD_CHECK(resets(nic));  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto what, resets(nic));
  return says_ok(nic);
}
}  // namespace chain_of_wrong_methods

// CASE: in a function that returns an int
// MESSAGE g++: cannot convert 'reset_guard::Error' to 'int' in return
// MESSAGE clang: to function return type 'int'
namespace result_check_returns {
#ifdef GOOD
rg::Status start(Nic& nic) {
  RESET_GUARD_CHECK(load_firmware(nic));
  return rg::ok();
}
#else
int start(Nic& nic) {
  RESET_GUARD_CHECK(load_firmware(nic));
  return 0;
}
#endif

int main() {
  Nic nic;
  static_cast<void>(sizeof(start(nic)));
  return 0;
}
}  // namespace result_check_returns

// CASE: as the branch of an if
// MESSAGE g++: 'reset_guard_result_...' was not declared in this scope
// MESSAGE clang: use of undeclared identifier 'reset_guard_result_
namespace result_try_in_branch {
#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  if (scope.outermost()) {
    RESET_GUARD_TRY([[maybe_unused]] auto awake, Firmware::run(scope));
  }
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  if (scope.outermost()) RESET_GUARD_TRY([[maybe_unused]] auto awake, Firmware::run(scope));
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
}  // namespace result_try_in_branch
