// HOLE 1: the same, as the last expression of a for
// EXPECT all: N N N
// EXPECT typestate: NC NC NC
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  for (int i = 0; i < 1; Flr::run(scope.device())) ++i;  // BAD scope
  // GOOD: for (int i = 0; i < 1; Flr::run(scope.device()).discard("a control")) ++i;
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  for (int i = 0; i < 1; FirmwareAck::wait(scope)) ++i;  // BAD step
  // GOOD: for (int i = 0; i < 1; FirmwareAck::wait(scope).discard("a control")) ++i;
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  for (int i = 0; i < 1; attempt(scope.device())) ++i;  // BAD status
  // GOOD: for (int i = 0; i < 1; attempt(scope.device()).discard("a control")) ++i;
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
