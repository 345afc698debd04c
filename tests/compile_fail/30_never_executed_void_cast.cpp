// HOLE 30: cast to void on a path that is never executed
// EXPECT plain gcc: M M -
// EXPECT typestate clang: C C C
// LIMIT: no-analysis, warnings-off
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  if (scope.depth() == 99) (void)Flr::run(scope.device());  // BAD scope
  // GOOD: if (scope.depth() == 99) Flr::run(scope.device()).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  if (scope.depth() == 99) (void)FirmwareAck::wait(scope);  // BAD step
  // GOOD: if (scope.depth() == 99) FirmwareAck::wait(scope).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  if (scope.depth() == 99) (void)attempt(scope.device());  // BAD status
  // GOOD: if (scope.depth() == 99) attempt(scope.device()).discard("a control");
  return BusReset::in(scope);
}
