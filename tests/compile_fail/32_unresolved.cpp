// HOLE 32: an inner reset failed, its error was thrown away, and another step's evidence is handed up
// RUN: unresolved_failure unresolved_failure
// CONTROL: timed_out timed_out
#include "device.hpp"

rg::Verdict<BusReset> by_discard(Scope& scope) {
  Flr::run(scope.device()).discard("a test");  // BAD scope
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> of_a_step(Scope& scope) {
  FirmwareAck::wait(scope).discard("a test");  // BAD step
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, FirmwareAck::wait(scope));
  return BusReset::in(scope);
}

int main() { return run(by_discard, of_a_step); }
