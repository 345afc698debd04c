// HOLE 1: the same, in a lambda
// EXPECT all: N N N
// EXPECT typestate: NC NC NC
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  const auto act = [&] { Flr::run(scope.device()); };  // BAD scope
  // GOOD: const auto act = [&] { Flr::run(scope.device()).discard("a control"); };
  act();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  const auto act = [&] { FirmwareAck::wait(scope); };  // BAD step
  // GOOD: const auto act = [&] { FirmwareAck::wait(scope).discard("a control"); };
  act();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  const auto act = [&] { attempt(scope.device()); };  // BAD status
  // GOOD: const auto act = [&] { attempt(scope.device()).discard("a control"); };
  act();
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
