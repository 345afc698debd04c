// RULE: Do not pass a result to code that ignores it.
// WHY: The receiver of a result is responsible for it. `std::ignore`, a callback that returns void and an unread
//   parameter check nothing.
// ENFORCED: at run time except status
// LIMIT: The analysis does not follow a result through a reference.
// FOR EACH: reset, step, status
// PRINTS: unresolved_failure
// PRINTS status: verified
#include "device.hpp"

#include <algorithm>
#include <functional>
#include <tuple>

// CASE: assigned to std::ignore
// ENFORCED: by strict (clang: typestate), at run time except status
// LIMIT: A plain Status passes through no scope, so the library cannot see at run time that it was dropped.
namespace std_ignore {
rg::Verdict<BusReset> drops(Scope& scope) {
  std::ignore = Flr::run(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace std_ignore

// CASE: to a function that ignores it
namespace own_ignore {
template <class... T>
void ignore(T&&...) {}

rg::Verdict<BusReset> drops(Scope& scope) {
  ignore(Flr::run(scope.device()));  // BAD
  // GOOD: ignore(scope); Flr::run(scope.device()).discard("a control");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace own_ignore

// CASE: to a function that takes a reference
// ENFORCED: by strict (clang: typestate), at run time except status
namespace parameter_by_reference {
template <class T>
void look_away(const T&) {}

rg::Verdict<BusReset> drops(Scope& scope) {
  look_away(Flr::run(scope.device()));  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace parameter_by_reference

// CASE: in a parameter that is passed by value
// LIMIT: No compiler checks whether a function reads a parameter that it takes by value.
namespace by_value_parameter {
static void takes([[maybe_unused]] rg::Verdict<Flr> result) {}  // BAD
// GOOD: static void takes(rg::Verdict<Flr> result) { RESET_GUARD_MOVE(result).discard("a control"); }

rg::Verdict<BusReset> drops(Scope& scope) {
  takes(Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace by_value_parameter

// CASE: thrown
// LIMIT: The analysis counts a move as a use.
namespace thrown {
rg::Verdict<BusReset> drops(Scope& scope) {
  try {
    throw Flr::run(scope.device());  // BAD
    // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  } catch (...) {
  }
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace thrown

// CASE: returned to std::for_each
// LIMIT: The answer of the callback is dropped in the standard library, where warnings are off.
namespace for_each {
rg::Verdict<BusReset> drops(Scope& scope) {
  const int once[] = {1};
  std::for_each(once, once + 1, [&](const int&) { return Flr::run(scope.device()); });  // BAD
  // GOOD: std::for_each(once, once + 1, [&](const int&) { Flr::run(scope.device()).discard("a control"); });
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace for_each

// CASE: in a std::function<void()>
// LIMIT: The answer of the callback is dropped in the standard library, where warnings are off.
namespace std_function {
rg::Verdict<BusReset> drops(Scope& scope) {
  std::function<void()> act = [&] { return Flr::run(scope.device()); };  // BAD
  // GOOD: std::function<void()> act = [&] { Flr::run(scope.device()).discard("a control"); };
  act();
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace std_function
