// HOLE 20: on the heap, by the global operator new
// EXPECT plain: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: member, plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  [[maybe_unused]] auto* result = ::new rg::Verdict<Flr>(Flr::run(scope.device()));  // BAD scope
  // GOOD: Flr::run(scope.device()).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  [[maybe_unused]] auto* result = ::new rg::Verdict<FirmwareAck>(FirmwareAck::wait(scope));  // BAD step
  // GOOD: FirmwareAck::wait(scope).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  [[maybe_unused]] auto* result = ::new rg::Status(attempt(scope.device()));  // BAD status
  // GOOD: attempt(scope.device()).discard("a control");
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
