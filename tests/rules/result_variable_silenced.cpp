// RULE: Check a result in a variable instead of silencing the warning.
// WHY: A variable that nothing reads is a warning, unless it is marked as intended. A step's failure would still be in
//   the ledger, and the reset would be refused; a plain Status is in no ledger.
// ENFORCED: by strict (clang: typestate), at run time except status
// LIMIT: A plain Status passes through no scope, so the library cannot see at run time that it was dropped.
// FOR EACH: reset, step, status
// PRINTS: unresolved_failure
// PRINTS status: verified
#include "device.hpp"

#include <utility>

// CASE: a variable that says that nobody reads it
// ENFORCED: by strict (clang: typestate)
// FOR EACH: as written
// MESSAGE clang: invalid invocation of method '~Result' on object 'loaded' while it is in the 'unknown' state
// PRINTS: verified, DMA goes through
// GOOD PRINTS: io, DMA is blocked
namespace result_unread {
#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_CHECK(load_firmware(scope.device()));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  [[maybe_unused]] auto loaded = load_firmware(scope.device());
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.firmware_answers = false;
  show(nic, rg::reset(nic, handler));
  return 0;
}
}  // namespace result_unread

// CASE: declared unused
namespace maybe_unused {
rg::Verdict<BusReset> drops(Scope& scope) {
  [[maybe_unused]] auto result = Flr::run(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace maybe_unused

// CASE: named _
namespace underscore {
rg::Verdict<BusReset> drops(Scope& scope) {
  [[maybe_unused]] auto _ = Flr::run(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace underscore

// CASE: declared unused, from one of two calls
namespace conditional {
rg::Verdict<BusReset> drops(Scope& scope) {
  [[maybe_unused]] auto result = scope.outermost() ? Flr::run(scope.device()) : Flr::run(scope.device());  // BAD
  // GOOD: auto result = scope.outermost() ? Flr::run(scope.device()) : Flr::run(scope.device()); RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace conditional

// CASE: cast to void
namespace void_of_variable {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  (void)result;  // BAD
  // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace void_of_variable

// CASE: cast to void, in a catch block
// ENFORCED: at run time except status
// LIMIT: The analysis does not look into a catch block, and a plain Status passes through no scope.
namespace catch_block {
static void may_throw() { throw 1; }

rg::Verdict<BusReset> drops(Scope& scope) {
  try {
    may_throw();
  } catch (int) {
    auto result = Flr::run(scope.device());
    (void)result;  // BAD
    // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  }
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace catch_block

// CASE: moved to nowhere
// ENFORCED: at run time except status
// LIMIT: The analysis counts a move as a use.
namespace move_to_void {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  (void)std::move(result);  // BAD
  // GOOD: std::move(result).discard("a control");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace move_to_void
