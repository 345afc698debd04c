// HOLE 22: taken as an int
// EXPECT all: A A A
// MESSAGE A: conver|no viable conversion|cannot initialize|no match|incompatible|invalid operands|comparison
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  int code = Flr::run(scope.device());  // BAD scope
  // GOOD: int code = 0;
  if (code != 0) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  int code = FirmwareAck::wait(scope);  // BAD step
  // GOOD: int code = 0;
  if (code != 0) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  int code = attempt(scope.device());  // BAD status
  // GOOD: int code = 0;
  if (code != 0) scope.touch();
  return BusReset::in(scope);
}
