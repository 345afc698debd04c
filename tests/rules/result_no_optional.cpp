// RULE: Do not turn a failure into a success: a result has no function for it.
// WHY: The functions that `std::optional` and `std::expected` have for this are missing: a default in place of an error
//   hides the error.
// ENFORCED: by types
// FOR EACH: reset, step, status
#include "device.hpp"

// CASE: operator*
// MESSAGE: operator* | indirection requires
namespace dereferenced {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto what = *Flr::run(scope.device());  // BAD
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::run(scope);
}
}  // namespace dereferenced

// CASE: has_value()
// MESSAGE: no member named
namespace has_value {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto what = Flr::run(scope.device()).has_value();  // BAD
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::run(scope);
}
}  // namespace has_value

// CASE: value()
// MESSAGE: no member named
namespace value {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto what = Flr::run(scope.device()).value();  // BAD
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::run(scope);
}
}  // namespace value

// CASE: value_or()
// MESSAGE: no member named
namespace value_or {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto what = Flr::run(scope.device()).value_or(0);  // BAD
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::run(scope);
}
}  // namespace value_or

// CASE: or_else()
// MESSAGE: no member named
namespace or_else {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto what = Flr::run(scope.device()).or_else([] { return rg::ok(); });  // BAD
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::run(scope);
}
}  // namespace or_else

// CASE: ignore()
// MESSAGE: no member named
namespace ignore_error {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto what = Flr::run(scope.device()).ignore();  // BAD
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::run(scope);
}
}  // namespace ignore_error
