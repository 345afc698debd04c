// HOLE 23: compared with 0
// EXPECT all: A A A
// MESSAGE A: operator==|invalid operands
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  bool good = Flr::run(scope.device()) == 0;  // BAD scope
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  bool good = FirmwareAck::wait(scope) == 0;  // BAD step
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  bool good = attempt(scope.device()) == 0;  // BAD status
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}
