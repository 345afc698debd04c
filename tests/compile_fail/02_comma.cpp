// HOLE 2: cast to void, left of a comma
// EXPECT plain gcc: M M -
// EXPECT typestate clang: C C C
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  int code = ((void)Flr::run(scope.device()), 0);  // BAD scope
  // GOOD: int code = (Flr::run(scope.device()).discard("a control"), 0);
  if (code != 0) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  int code = ((void)FirmwareAck::wait(scope), 0);  // BAD step
  // GOOD: int code = (FirmwareAck::wait(scope).discard("a control"), 0);
  if (code != 0) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  int code = ((void)attempt(scope.device()), 0);  // BAD status
  // GOOD: int code = (attempt(scope.device()).discard("a control"), 0);
  if (code != 0) scope.touch();
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
