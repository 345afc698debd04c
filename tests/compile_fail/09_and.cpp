// HOLE 9: an operand of &&
// EXPECT all: A A A
// MESSAGE A: operator&&|operands to binary|invalid operands|convert
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  bool good = Flr::run(scope.device()) && scope.outermost();  // BAD scope
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  bool good = FirmwareAck::wait(scope) && scope.outermost();  // BAD step
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  bool good = attempt(scope.device()) && scope.outermost();  // BAD status
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}
