// RULE: Do not use a result as a bool or a number: call `failed()`.
// WHY: In C 0 is a success, and as a bool it would be a failure. Nothing converts, so neither meaning can be confused
//   with the other.
// ENFORCED: by types
// FOR EACH: reset, step, status
#include "device.hpp"

// CASE: the condition of an if, the wrong way round
// FOR EACH: as written
// MESSAGE g++: could not convert 'loaded' from 'reset_guard::Result<void>' to 'bool'
// MESSAGE clang: is not contextually convertible to 'bool'
namespace result_bool {
#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  auto loaded = load_firmware(scope.device());
  if (loaded.failed()) return std::move(loaded).error();
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  auto loaded = load_firmware(scope.device());
  if (loaded) return BusReset::run(scope);
  return std::move(loaded).error();
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
}  // namespace result_bool

// CASE: the condition of an if
// MESSAGE: convert...bool | bool...convert | contextually
namespace if_case {
rg::Verdict<BusReset> drops(Scope& scope) {
  if (Flr::run(scope.device())) scope.touch();  // BAD
  // GOOD: if (auto result = Flr::run(scope.device()); result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::run(scope);
}
}  // namespace if_case

// CASE: the condition of a while
// MESSAGE: convert...bool | bool...convert | contextually
namespace while_case {
rg::Verdict<BusReset> drops(Scope& scope) {
  while (Flr::run(scope.device())) scope.touch();  // BAD
  // GOOD: while (scope.depth() == 99) scope.touch();
  return BusReset::run(scope);
}
}  // namespace while_case

// CASE: the condition of a ternary
// MESSAGE: convert...bool | bool...convert | contextually | operator?:
namespace ternary_case {
rg::Verdict<BusReset> drops(Scope& scope) {
  int code = Flr::run(scope.device()) ? 0 : -5;  // BAD
  // GOOD: int code = scope.outermost() ? 0 : -5;
  if (code != 0) scope.touch();
  return BusReset::run(scope);
}
}  // namespace ternary_case

// CASE: an operand of &&
// MESSAGE: operator&& | operands to binary | invalid operands | convert
namespace and_case {
rg::Verdict<BusReset> drops(Scope& scope) {
  bool good = Flr::run(scope.device()) && scope.outermost();  // BAD
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::run(scope);
}
}  // namespace and_case

// CASE: negated
// MESSAGE: operator! | invalid argument type
namespace not_case {
rg::Verdict<BusReset> drops(Scope& scope) {
  bool bad = !Flr::run(scope.device());  // BAD
  // GOOD: bool bad = !scope.outermost();
  if (bad) scope.touch();
  return BusReset::run(scope);
}
}  // namespace not_case

// CASE: compared with a success
// MESSAGE: operator== | invalid operands
namespace compared {
rg::Verdict<BusReset> drops(Scope& scope) {
  bool good = Flr::run(scope.device()) == rg::ok();  // BAD
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::run(scope);
}
}  // namespace compared

// CASE: compared with 0
// MESSAGE: operator== | invalid operands
namespace equal_to_zero {
rg::Verdict<BusReset> drops(Scope& scope) {
  bool good = Flr::run(scope.device()) == 0;  // BAD
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::run(scope);
}
}  // namespace equal_to_zero

// CASE: cast to bool
// MESSAGE: convert...bool | bool...convert | invalid cast | cannot convert
namespace bool_cast_case {
rg::Verdict<BusReset> drops(Scope& scope) {
  bool good = bool(Flr::run(scope.device()));  // BAD
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::run(scope);
}
}  // namespace bool_cast_case

// CASE: stored in a bool
// MESSAGE: convert | no viable conversion
namespace bool_variable {
rg::Verdict<BusReset> drops(Scope& scope) {
  bool good = Flr::run(scope.device());  // BAD
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::run(scope);
}
}  // namespace bool_variable

// CASE: collected with &=
// MESSAGE: conver | no viable conversion | cannot initialize | no match | incompatible | invalid operands | comparison
namespace and_assigned {
rg::Verdict<BusReset> drops(Scope& scope) {
  bool good = true;
  good &= Flr::run(scope.device());  // BAD
  // GOOD: good &= scope.outermost();
  if (good) scope.touch();
  return BusReset::run(scope);
}
}  // namespace and_assigned

// CASE: collected with |=
// MESSAGE: conver | no viable conversion | cannot initialize | no match | incompatible | invalid operands | comparison
namespace or_assigned {
rg::Verdict<BusReset> drops(Scope& scope) {
  int code = 0;
  code |= Flr::run(scope.device());  // BAD
  // GOOD: code |= 1;
  if (code != 0) scope.touch();
  return BusReset::run(scope);
}
}  // namespace or_assigned

// CASE: stored in an int
// MESSAGE: conver | no viable conversion | cannot initialize | no match | incompatible | invalid operands | comparison
namespace int_case {
rg::Verdict<BusReset> drops(Scope& scope) {
  int code = Flr::run(scope.device());  // BAD
  // GOOD: int code = 0;
  if (code != 0) scope.touch();
  return BusReset::run(scope);
}
}  // namespace int_case

// CASE: assigned to an int
// MESSAGE: conver | no viable conversion | cannot initialize | no match | incompatible | invalid operands | comparison
namespace int_reassigned {
rg::Verdict<BusReset> drops(Scope& scope) {
  int code = -5;
  code = Flr::run(scope.device());  // BAD
  // GOOD: code = 0;
  if (code != 0) scope.touch();
  return BusReset::run(scope);
}
}  // namespace int_reassigned

// CASE: made a Result<bool>
// MESSAGE: conver | no viable conversion | cannot initialize | no match | incompatible | invalid operands | comparison
namespace result_of_bool {
rg::Verdict<BusReset> drops(Scope& scope) {
  rg::Result<bool> answer = Flr::run(scope.device());  // BAD
  // GOOD: rg::Result<bool> answer = scope.outermost();
  RESET_GUARD_MOVE(answer).discard("a control");
  return BusReset::run(scope);
}
}  // namespace result_of_bool
