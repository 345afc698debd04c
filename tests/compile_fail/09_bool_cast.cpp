// HOLE 9: cast to bool
// EXPECT all: A A A
// MESSAGE A: convert.*bool|bool.*convert|invalid cast|cannot convert
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  bool good = bool(Flr::run(scope.device()));  // BAD scope
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  bool good = bool(FirmwareAck::wait(scope));  // BAD step
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  bool good = bool(attempt(scope.device()));  // BAD status
  // GOOD: bool good = scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}
