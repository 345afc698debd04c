// HOLE 31: looked at, and only the success is used
// EXPECT plain: - - -
// EXPECT typestate clang: C C C
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  if (!result.failed()) RESET_GUARD_MOVE(result).discard("went well");  // BAD scope
  // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  if (!result.failed()) RESET_GUARD_MOVE(result).discard("went well");  // BAD step
  // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  if (!result.failed()) RESET_GUARD_MOVE(result).discard("went well");  // BAD status
  // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
