// RULE: Move out of a result: `std::move(r).error()`.
// WHY: The same goes for `take()` and `discard(reason)`: each ends the result, and the move shows it.
// ENFORCED: by types
// FOR EACH: reset, step, status
#include "device.hpp"

// CASE: error() of a variable
// FOR EACH: as written
// MESSAGE g++: use of deleted function 'reset_guard::Error reset_guard::Result<T>::error() const & [with T = void]'
// MESSAGE clang: call to deleted member function 'error'
// MESSAGE clang 19: reset_guard: say std::move(result).error()
namespace result_moved {
#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  auto loaded = load_firmware(scope.device());
  if (loaded.failed()) return std::move(loaded).error();
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  auto loaded = load_firmware(scope.device());
  if (loaded.failed()) return loaded.error();
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
}  // namespace result_moved

// CASE: error() of a variable, of each kind
// MESSAGE: deleted
namespace error_of_an_lvalue {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  if (result.failed()) return result.error();  // BAD
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::run(scope);
}
}  // namespace error_of_an_lvalue

// CASE: discard() of a variable
// MESSAGE: deleted
namespace discard_of_an_lvalue {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  result.discard("a test");  // BAD
  // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::run(scope);
}
}  // namespace discard_of_an_lvalue

// CASE: a reference to a temporary
// MESSAGE: cannot bind non-const lvalue | non-const lvalue reference
namespace lvalue_reference {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto& result = Flr::run(scope.device());  // BAD
  // GOOD: auto result = Flr::run(scope.device());
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::run(scope);
}
}  // namespace lvalue_reference
