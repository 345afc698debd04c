// HOLE 1: the same, as the branch of an if
// EXPECT all: N N N
// EXPECT typestate: NC NC NC
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  if (scope.outermost()) Flr::run(scope.device());  // BAD scope
  // GOOD: if (scope.outermost()) Flr::run(scope.device()).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  if (scope.outermost()) FirmwareAck::wait(scope);  // BAD step
  // GOOD: if (scope.outermost()) FirmwareAck::wait(scope).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  if (scope.outermost()) attempt(scope.device());  // BAD status
  // GOOD: if (scope.outermost()) attempt(scope.device()).discard("a control");
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
