// HOLE 10: error() is called, and its answer dropped
// EXPECT all: N N N
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  if (result.failed()) RESET_GUARD_MOVE(result).error();  // BAD scope
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  if (result.failed()) RESET_GUARD_MOVE(result).error();  // BAD step
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  if (result.failed()) RESET_GUARD_MOVE(result).error();  // BAD status
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
