// HOLE 3: handed to an ignore() of one's own
// EXPECT plain: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: reference, plain-status
#include "device.hpp"

template <class... T>
void ignore(T&&...) {}

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  ignore(Flr::run(scope.device()));  // BAD scope
  // GOOD: ignore(scope); Flr::run(scope.device()).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  ignore(FirmwareAck::wait(scope));  // BAD step
  // GOOD: ignore(scope); FirmwareAck::wait(scope).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  ignore(attempt(scope.device()));  // BAD status
  // GOOD: ignore(scope); attempt(scope.device()).discard("a control");
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
