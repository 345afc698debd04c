// HOLE 34: left of a comma in RESET_GUARD_CHECK
// EXPECT all: N N N
// EXPECT typestate: NC NC NC
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  RESET_GUARD_CHECK(Flr::run(scope.device()), rg::ok());  // BAD scope
  // GOOD: RESET_GUARD_CHECK(rg::ok());
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  RESET_GUARD_CHECK(FirmwareAck::wait(scope), rg::ok());  // BAD step
  // GOOD: RESET_GUARD_CHECK(rg::ok());
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  RESET_GUARD_CHECK(attempt(scope.device()), rg::ok());  // BAD status
  // GOOD: RESET_GUARD_CHECK(rg::ok());
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
