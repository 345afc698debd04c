// RULE: Construct a result from `ok()`, a value or an `Error`, not from a number.
// WHY: In C 0 is a success and -EIO a failure; as a bool each would be the opposite.
// ENFORCED: by types
// FOR EACH: reset, step, status
#include "device.hpp"

// CASE: a Result<bool> of an int
// FOR EACH: as written
// MESSAGE g++: from 'int' to 'reset_guard::Result<bool>'
// MESSAGE clang: no viable conversion from returned value of type 'int' to function return type 'rg::Result<bool>'
namespace result_of_bool {
int read_register(Nic& nic) { return nic.firmware_answers ? 1 : -5; }

#ifdef GOOD
rg::Result<bool> is_ready(Nic& nic) {
  const int value = read_register(nic);
  if (value < 0) return rg::Error(rg::Errc::io, value, "read");
  return value == 1;
}
#else
rg::Result<bool> is_ready(Nic& nic) { return read_register(nic); }
#endif

int main() {
  Nic nic;
  return exit_status(is_ready(nic));
}
}  // namespace result_of_bool

// CASE: a Result<bool> of an int, a pointer and a function
// FOR EACH: as written
// MESSAGE: convert | no viable conversion
namespace result_of_bool_from_errno {
static int c_read() { return -5; }

rg::Result<bool> of_int() {
  return c_read();  // BAD
  // GOOD: return c_read() == 0;
}

rg::Result<bool> of_pointer() {
  return "an error";  // BAD
  // GOOD: return c_read() == 0;
}

rg::Result<bool> of_function() {
  return c_read;  // BAD
  // GOOD: return c_read() == 0;
}
}  // namespace result_of_bool_from_errno

// CASE: a negative number
// MESSAGE: convert | no viable conversion
namespace returned_errno {
rg::Verdict<Flr> of([[maybe_unused]] Scope& scope) {
  return -5;  // BAD
  // GOOD: return Flr::run(scope.device());
}
}  // namespace returned_errno

// CASE: 0
// MESSAGE: convert | no viable conversion
namespace returned_zero {
rg::Verdict<Flr> of([[maybe_unused]] Scope& scope) {
  return 0;  // BAD
  // GOOD: return Flr::run(scope.device());
}
}  // namespace returned_zero

// CASE: false
// MESSAGE: convert | no viable conversion
namespace returned_false {
rg::Verdict<Flr> of([[maybe_unused]] Scope& scope) {
  return false;  // BAD
  // GOOD: return Flr::run(scope.device());
}
}  // namespace returned_false

// CASE: true
// MESSAGE: convert | no viable conversion
namespace returned_true {
rg::Verdict<Flr> of([[maybe_unused]] Scope& scope) {
  return true;  // BAD
  // GOOD: return Flr::run(scope.device());
}
}  // namespace returned_true

// CASE: a null pointer
// MESSAGE: convert | no viable conversion
namespace returned_pointer {
rg::Verdict<Flr> of([[maybe_unused]] Scope& scope) {
  return nullptr;  // BAD
  // GOOD: return Flr::run(scope.device());
}
}  // namespace returned_pointer
