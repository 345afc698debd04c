// HOLE 22: collected with &=
// EXPECT all: A A A
// MESSAGE A: conver|no viable conversion|cannot initialize|no match|incompatible|invalid operands|comparison
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  bool good = true;
  good &= Flr::run(scope.device());  // BAD scope
  // GOOD: good &= scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  bool good = true;
  good &= FirmwareAck::wait(scope);  // BAD step
  // GOOD: good &= scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  bool good = true;
  good &= attempt(scope.device());  // BAD status
  // GOOD: good &= scope.outermost();
  if (good) scope.touch();
  return BusReset::in(scope);
}
