// HOLE 2: cast to void, left of a comma in the condition of an if
// EXPECT plain gcc: M M -
// EXPECT typestate clang: C C C
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  if ((void)Flr::run(scope.device()), scope.outermost()) scope.touch();  // BAD scope
  // GOOD: if (Flr::run(scope.device()).discard("a control"), scope.outermost()) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  if ((void)FirmwareAck::wait(scope), scope.outermost()) scope.touch();  // BAD step
  // GOOD: if (FirmwareAck::wait(scope).discard("a control"), scope.outermost()) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  if ((void)attempt(scope.device()), scope.outermost()) scope.touch();  // BAD status
  // GOOD: if (attempt(scope.device()).discard("a control"), scope.outermost()) scope.touch();
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
