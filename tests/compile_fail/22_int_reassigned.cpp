// HOLE 22: assigned to an int
// EXPECT all: A A A
// MESSAGE A: conver|no viable conversion|cannot initialize|no match|incompatible|invalid operands|comparison
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  int code = -5;
  code = Flr::run(scope.device());  // BAD scope
  // GOOD: code = 0;
  if (code != 0) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  int code = -5;
  code = FirmwareAck::wait(scope);  // BAD step
  // GOOD: code = 0;
  if (code != 0) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  int code = -5;
  code = attempt(scope.device());  // BAD status
  // GOOD: code = 0;
  if (code != 0) scope.touch();
  return BusReset::in(scope);
}
