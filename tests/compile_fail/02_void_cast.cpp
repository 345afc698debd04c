// HOLE 2: cast to void
// EXPECT plain gcc: M M -
// EXPECT typestate clang: C C C
// EXPECT default gcc: m m -
// EXPECT default clang: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  (void)Flr::run(scope.device());  // BAD scope
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  (void)FirmwareAck::wait(scope);  // BAD step
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, FirmwareAck::wait(scope));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  (void)attempt(scope.device());  // BAD status
  // GOOD: RESET_GUARD_CHECK(attempt(scope.device()));
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
