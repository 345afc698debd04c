// HOLE 15: ignored, from a template that forwards
// EXPECT all: N N N
// EXPECT typestate: NC NC NC
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

template <class Act>
auto forward(Act act) {
  return act();
}

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  forward([&] { return Flr::run(scope.device()); });  // BAD scope
  // GOOD: forward([&] { return Flr::run(scope.device()); }).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  forward([&] { return FirmwareAck::wait(scope); });  // BAD step
  // GOOD: forward([&] { return FirmwareAck::wait(scope); }).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  forward([&] { return attempt(scope.device()); });  // BAD status
  // GOOD: forward([&] { return attempt(scope.device()); }).discard("a control");
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
