// HOLE 8: copied
// EXPECT all: A A A
// MESSAGE A: deleted
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  auto copy = result;  // BAD scope
  // GOOD: auto copy = RESET_GUARD_MOVE(result);
  RESET_GUARD_MOVE(copy).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  auto copy = result;  // BAD step
  // GOOD: auto copy = RESET_GUARD_MOVE(result);
  RESET_GUARD_MOVE(copy).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  auto copy = result;  // BAD status
  // GOOD: auto copy = RESET_GUARD_MOVE(result);
  RESET_GUARD_MOVE(copy).discard("a control");
  return BusReset::in(scope);
}
