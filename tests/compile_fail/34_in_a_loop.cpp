// HOLE 34: unread in a loop
// EXPECT plain: - - -
// EXPECT typestate clang: C C C
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  for (int i = 0; i < 2; ++i) [[maybe_unused]] auto result = Flr::run(scope.device());  // BAD scope
  // GOOD: for (int i = 0; i < 2; ++i) Flr::run(scope.device()).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  for (int i = 0; i < 2; ++i) [[maybe_unused]] auto result = FirmwareAck::wait(scope);  // BAD step
  // GOOD: for (int i = 0; i < 2; ++i) FirmwareAck::wait(scope).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  for (int i = 0; i < 2; ++i) [[maybe_unused]] auto result = attempt(scope.device());  // BAD status
  // GOOD: for (int i = 0; i < 2; ++i) attempt(scope.device()).discard("a control");
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
