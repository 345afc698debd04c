// HOLE 4: in the init-statement of a range-based for
// EXPECT plain: W W W
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

[[maybe_unused]] constexpr int twice[] = {1, 2};

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  for (auto result = Flr::run(scope.device()); int each : twice) (void)each;  // BAD scope
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  for (auto result = FirmwareAck::wait(scope); int each : twice) (void)each;  // BAD step
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, FirmwareAck::wait(scope));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  for (auto result = attempt(scope.device()); int each : twice) (void)each;  // BAD status
  // GOOD: RESET_GUARD_CHECK(attempt(scope.device()));
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
