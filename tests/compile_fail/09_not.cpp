// HOLE 9: negated
// EXPECT all: A A A
// MESSAGE A: operator!|invalid argument type
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  bool bad = !Flr::run(scope.device());  // BAD scope
  // GOOD: bool bad = !scope.outermost();
  if (bad) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  bool bad = !FirmwareAck::wait(scope);  // BAD step
  // GOOD: bool bad = !scope.outermost();
  if (bad) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  bool bad = !attempt(scope.device());  // BAD status
  // GOOD: bool bad = !scope.outermost();
  if (bad) scope.touch();
  return BusReset::in(scope);
}
