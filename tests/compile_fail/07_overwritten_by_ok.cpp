// HOLE 7: overwritten by a success
// EXPECT all: A A A
// MESSAGE A: deleted
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  auto other = Flr::run(scope.device());
  result = rg::Result(RESET_GUARD_MOVE(other));  // BAD scope
  // GOOD: RESET_GUARD_MOVE(other).discard("a control");
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  auto other = FirmwareAck::wait(scope);
  result = rg::Result(RESET_GUARD_MOVE(other));  // BAD step
  // GOOD: RESET_GUARD_MOVE(other).discard("a control");
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  auto other = attempt(scope.device());
  result = rg::Result(RESET_GUARD_MOVE(other));  // BAD status
  // GOOD: RESET_GUARD_MOVE(other).discard("a control");
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}
