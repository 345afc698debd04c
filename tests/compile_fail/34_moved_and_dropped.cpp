// HOLE 34: moved to another variable, and unread there
// EXPECT plain: - - -
// EXPECT typestate clang: C C C
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  [[maybe_unused]] auto other = RESET_GUARD_MOVE(result);  // BAD scope
  // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  [[maybe_unused]] auto other = RESET_GUARD_MOVE(result);  // BAD step
  // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  [[maybe_unused]] auto other = RESET_GUARD_MOVE(result);  // BAD status
  // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
