// HOLE 24: the answer of finish() is ignored
// EXPECT all: N N N
// EXPECT typestate: NC NC NC
// HELD IN: 24_done_fails
#include "device.hpp"

void with_verdict(Owned& scope) {
  scope.finish(BusReset::in(scope));  // BAD
  // GOOD: scope.finish(BusReset::in(scope)).discard("a control");
}

rg::Status with_evidence(Owned& scope) {
  RESET_GUARD_TRY(auto evidence, BusReset::in(scope));
  scope.finish(RESET_GUARD_MOVE(evidence));  // BAD
  // GOOD: scope.finish(RESET_GUARD_MOVE(evidence)).discard("a control");
  return rg::ok();
}

void with_error(Owned& scope) {
  scope.finish(rg::Error(rg::Errc::io, 0, "a test"));  // BAD
  // GOOD: scope.finish(rg::Error(rg::Errc::io, 0, "a test")).discard("a control");
}
