// HOLE 10: failed() is called, and its answer dropped
// EXPECT all: N N N
// EXPECT typestate clang: N N N
// EXPECT default: n n n
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  result.failed();  // BAD scope
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  result.failed();  // BAD step
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  result.failed();  // BAD status
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
