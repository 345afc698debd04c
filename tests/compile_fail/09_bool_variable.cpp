// HOLE 9: stored in a bool
// EXPECT all: A A A
// MESSAGE A: convert|no viable conversion
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  bool good = Flr::run(scope.device());  // BAD scope
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  bool good = FirmwareAck::wait(scope);  // BAD step
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  bool good = attempt(scope.device());  // BAD status
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}
