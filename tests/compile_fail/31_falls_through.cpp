// HOLE 31: looked at, but the failing branch falls through
// EXPECT plain: - - -
// EXPECT typestate clang: C C C
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  if (result.failed()) scope.touch();  // BAD scope
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  if (result.failed()) scope.touch();  // BAD step
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  if (result.failed()) scope.touch();  // BAD status
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
