// HOLE 17: a scope that is finished with evidence of no reset step, or with no evidence
// EXPECT all: A A A
// MESSAGE A: reset_guard: this verdict resets nothing|deleted|no matching
#include "device.hpp"

void other_step(Owned& scope) {
  scope.finish(FirmwareAck::wait(scope)).discard("a test");  // BAD
  // GOOD: scope.finish(BusReset::in(scope)).discard("a control");
}

void status(Owned& scope) {
  scope.finish(rg::ok()).discard("a test");  // BAD
  // GOOD: scope.finish(BusReset::in(scope)).discard("a control");
}

void number(Owned& scope) {
  scope.finish(0).discard("a test");  // BAD
  // GOOD: scope.finish(BusReset::in(scope)).discard("a control");
}
