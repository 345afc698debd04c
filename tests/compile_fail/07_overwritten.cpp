// HOLE 7: overwritten before it was read
// EXPECT all: A A A
// MESSAGE A: deleted
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  result = Flr::run(scope.device());  // BAD scope
  // GOOD: if (!result.failed()) return rg::Error(rg::Errc::invalid, 0, "a control");
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  result = FirmwareAck::wait(scope);  // BAD step
  // GOOD: if (!result.failed()) return rg::Error(rg::Errc::invalid, 0, "a control");
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  result = attempt(scope.device());  // BAD status
  // GOOD: if (!result.failed()) return rg::Error(rg::Errc::invalid, 0, "a control");
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}
