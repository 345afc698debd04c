// RULE: Drop a result by `discard(reason)`, not by a cast to void.
// WHY: A reason can be read, and `discard` can be searched for. To report the cast, g++ needs `RESET_GUARD_MUST_USE` on
//   the function, and clang its analysis.
// ENFORCED: by strict (g++: must_use except status; clang: typestate), at run time except status
// LIMIT: A plain Status passes through no scope, so the library cannot see at run time that it was dropped.
// FOR EACH: reset, step, status
// PRINTS: unresolved_failure
// PRINTS status: verified
#include "device.hpp"

// CASE: of a function with RESET_GUARD_MUST_USE
// ENFORCED: by strict (g++: must_use; clang: typestate)
// FOR EACH: as written
// MESSAGE g++: declared with attribute 'warn_unused_result'
// MESSAGE clang: invalid invocation of method '~Result' on a temporary object while it is in the 'unknown' state
namespace result_void_cast {
#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  load_firmware(scope.device()).discard("the old firmware will do");
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  (void)load_firmware(scope.device());
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
}  // namespace result_void_cast

// CASE: a cast to void
namespace void_cast {
rg::Verdict<BusReset> drops(Scope& scope) {
  (void)Flr::run(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace void_cast

// CASE: static_cast
namespace static_cast_case {
rg::Verdict<BusReset> drops(Scope& scope) {
  static_cast<void>(Flr::run(scope.device()));  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace static_cast_case

// CASE: written as a call
namespace function_style_cast {
rg::Verdict<BusReset> drops(Scope& scope) {
  void(Flr::run(scope.device()));  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace function_style_cast

// CASE: left of a comma
namespace comma {
rg::Verdict<BusReset> drops(Scope& scope) {
  int code = ((void)Flr::run(scope.device()), 0);  // BAD
  // GOOD: int code = (Flr::run(scope.device()).discard("a control"), 0);
  if (code != 0) scope.touch();
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace comma

// CASE: left of a comma in the condition of an if
namespace if_comma {
rg::Verdict<BusReset> drops(Scope& scope) {
  if ((void)Flr::run(scope.device()), scope.outermost()) scope.touch();  // BAD
  // GOOD: if (Flr::run(scope.device()).discard("a control"), scope.outermost()) scope.touch();
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace if_comma

// CASE: in a ternary
// ENFORCED: by strict (g++: must_use except status; clang: typestate; clang-14: nothing; clang-16: nothing), at run
//   time except status
namespace ternary_case {
rg::Verdict<BusReset> drops(Scope& scope) {
  scope.outermost() ? (void)Flr::run(scope.device()) : (void)0;  // BAD
  // GOOD: scope.outermost() ? Flr::run(scope.device()).discard("a control") : (void)0;
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace ternary_case

// CASE: in a fold expression
// FOR EACH: as written
// PRINTS: unresolved_failure unresolved_failure verified
namespace fold {
rg::Verdict<BusReset> drops_scope(Scope& scope) {
  const auto all = [](auto&... of) { ((void)Flr::run(of), ...); };  // BAD reset
  // GOOD: const auto all = [](auto&... of) { (Flr::run(of).discard("a control"), ...); };
  all(scope.device());
  return BusReset::run(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  const auto all = [](auto&... of) { ((void)FirmwareAck::wait(of), ...); };  // BAD step
  // GOOD: const auto all = [](auto&... of) { (FirmwareAck::wait(of).discard("a control"), ...); };
  all(scope);
  return BusReset::run(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  const auto all = [](auto&... of) { ((void)attempt(of), ...); };  // BAD status
  // GOOD: const auto all = [](auto&... of) { (attempt(of).discard("a control"), ...); };
  all(scope.device());
  return BusReset::run(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
}  // namespace fold

// CASE: in a destructor
namespace in_destructor {
rg::Verdict<BusReset> drops(Scope& scope) {
  struct AtEnd {
    Scope& scope;
    ~AtEnd() { (void)Flr::run(scope.device()); }  // BAD
    // GOOD: ~AtEnd() { Flr::run(scope.device()).discard("a control"); }
  };
  { AtEnd at_end{scope}; }
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace in_destructor

// CASE: in a catch block
// ENFORCED: by strict (g++: must_use except status; clang-tidy-19: nodiscard; clang-tidy-22: nodiscard), at run time
//   except status
// LIMIT: The analysis does not look into a catch block, and a plain Status passes through no scope.
namespace catch_block {
static void may_throw() { throw 1; }

rg::Verdict<BusReset> drops(Scope& scope) {
  try {
    may_throw();
  } catch (int) {
    (void)Flr::run(scope.device());  // BAD
    // GOOD: Flr::run(scope.device()).discard("a control");
  }
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace catch_block

// CASE: of a statement expression
// ENFORCED: at run time except status
// LIMIT: The analysis does not look into the GNU statement expression.
namespace statement_expression {
rg::Verdict<BusReset> drops(Scope& scope) {
  (void)__extension__({ Flr::run(scope.device()); });  // BAD
  // GOOD: __extension__({ Flr::run(scope.device()); }).discard("a control");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace statement_expression

// CASE: of a call through a function pointer
// ENFORCED: at run time except status
// LIMIT: The attribute belongs to the function, and a pointer to it has none.
namespace through_pointer {
static rg::Verdict<Flr> target(Scope& scope) { return Flr::run(scope.device()); }

rg::Verdict<BusReset> drops(Scope& scope) {
  rg::Verdict<Flr> (*const call)(Scope&) = target;
  (void)call(scope);  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, call(scope));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace through_pointer

// CASE: in a callback
namespace callback {
rg::Verdict<BusReset> drops(Scope& scope) {
  const auto act = [&] { (void)Flr::run(scope.device()); };  // BAD
  // GOOD: const auto act = [&] { Flr::run(scope.device()).discard("a control"); };
  act();
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace callback

// CASE: after a RESET_GUARD_TRY
namespace after_try {
rg::Verdict<BusReset> drops(Scope& scope) {
  RESET_GUARD_TRY([[maybe_unused]] auto first, BusReset::run(scope));
  (void)Flr::run(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace after_try

// CASE: on a path that is never executed
// ENFORCED: by strict (g++: must_use except status; clang: typestate)
// LIMIT: g++ reports a cast to void only for a function with RESET_GUARD_MUST_USE.
namespace never_executed_void_cast {
rg::Verdict<BusReset> drops(Scope& scope) {
  if (scope.depth() == 99) (void)Flr::run(scope.device());  // BAD
  // GOOD: if (scope.depth() == 99) Flr::run(scope.device()).discard("a control");
  return BusReset::run(scope);
}
}  // namespace never_executed_void_cast

// CASE: in a release build
// FLAGS: -O2 -DNDEBUG
namespace release {
rg::Verdict<BusReset> drops(Scope& scope) {
  (void)Flr::run(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace release
