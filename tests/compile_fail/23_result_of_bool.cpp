// HOLE 23: made a Result<bool>
// EXPECT all: A A A
// MESSAGE A: conver|no viable conversion|cannot initialize|no match|incompatible|invalid operands|comparison
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  rg::Result<bool> answer = Flr::run(scope.device());  // BAD scope
  // GOOD: rg::Result<bool> answer = scope.outermost();
  RESET_GUARD_MOVE(answer).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  rg::Result<bool> answer = FirmwareAck::wait(scope);  // BAD step
  // GOOD: rg::Result<bool> answer = scope.outermost();
  RESET_GUARD_MOVE(answer).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  rg::Result<bool> answer = attempt(scope.device());  // BAD status
  // GOOD: rg::Result<bool> answer = scope.outermost();
  RESET_GUARD_MOVE(answer).discard("a control");
  return BusReset::in(scope);
}
