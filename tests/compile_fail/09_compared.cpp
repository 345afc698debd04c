// HOLE 9: compared with a success
// EXPECT all: A A A
// MESSAGE A: operator==|invalid operands
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  bool good = Flr::run(scope.device()) == rg::ok();  // BAD scope
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  bool good = FirmwareAck::wait(scope) == rg::ok();  // BAD step
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  bool good = attempt(scope.device()) == rg::ok();  // BAD status
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}
