// HOLE 27: the library is included with -isystem
// EXPECT all: N N N
// EXPECT typestate: NC NC NC
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  Flr::run(scope.device());  // BAD scope
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  FirmwareAck::wait(scope);  // BAD step
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, FirmwareAck::wait(scope));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  attempt(scope.device());  // BAD status
  // GOOD: RESET_GUARD_CHECK(attempt(scope.device()));
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
