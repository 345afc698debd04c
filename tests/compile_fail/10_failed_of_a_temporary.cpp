// HOLE 10: only asked whether it failed
// EXPECT plain: - - -
// EXPECT typestate clang: C C C
// RUN: laundered laundered verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  if (Flr::run(scope.device()).failed()) scope.touch();  // BAD scope
  // GOOD: if (auto result = Flr::run(scope.device()); result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  if (FirmwareAck::wait(scope).failed()) scope.touch();  // BAD step
  // GOOD: if (auto result = FirmwareAck::wait(scope); result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  if (attempt(scope.device()).failed()) scope.touch();  // BAD status
  // GOOD: if (auto result = attempt(scope.device()); result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
