// HOLE 30: on a path that is never executed
// EXPECT all: N N N
// EXPECT typestate: NC NC NC
// LIMIT: warnings-off
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  if (scope.depth() == 99) Flr::run(scope.device());  // BAD scope
  // GOOD: if (scope.depth() == 99) Flr::run(scope.device()).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  if (scope.depth() == 99) FirmwareAck::wait(scope);  // BAD step
  // GOOD: if (scope.depth() == 99) FirmwareAck::wait(scope).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  if (scope.depth() == 99) attempt(scope.device());  // BAD status
  // GOOD: if (scope.depth() == 99) attempt(scope.device()).discard("a control");
  return BusReset::in(scope);
}
