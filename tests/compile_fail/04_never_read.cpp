// HOLE 4: a variable that is never read
// EXPECT plain: W W W
// EXPECT typestate clang: WC WC WC
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());  // BAD scope
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);  // BAD step
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, FirmwareAck::wait(scope));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());  // BAD status
  // GOOD: RESET_GUARD_CHECK(attempt(scope.device()));
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
