// HOLE 34: unread in one case of a switch
// EXPECT plain: - - -
// EXPECT typestate clang: C C C
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  switch (scope.depth()) {
  case 1: return BusReset::in(scope);  // BAD scope
  // GOOD: case 1: RESET_GUARD_MOVE(result).discard("a control"); break;
    default: RESET_GUARD_MOVE(result).discard("a test");
  }
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  switch (scope.depth()) {
  case 1: return BusReset::in(scope);  // BAD step
  // GOOD: case 1: RESET_GUARD_MOVE(result).discard("a control"); break;
    default: RESET_GUARD_MOVE(result).discard("a test");
  }
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  switch (scope.depth()) {
  case 1: return BusReset::in(scope);  // BAD status
  // GOOD: case 1: RESET_GUARD_MOVE(result).discard("a control"); break;
    default: RESET_GUARD_MOVE(result).discard("a test");
  }
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
