// HOLE 9: the condition of a ternary
// EXPECT all: A A A
// MESSAGE A: convert.*bool|bool.*convert|contextually|operator\?:
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  int code = Flr::run(scope.device()) ? 0 : -5;  // BAD scope
  // GOOD: int code = scope.outermost() ? 0 : -5;
  if (code != 0) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  int code = FirmwareAck::wait(scope) ? 0 : -5;  // BAD step
  // GOOD: int code = scope.outermost() ? 0 : -5;
  if (code != 0) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  int code = attempt(scope.device()) ? 0 : -5;  // BAD status
  // GOOD: int code = scope.outermost() ? 0 : -5;
  if (code != 0) scope.touch();
  return BusReset::in(scope);
}
