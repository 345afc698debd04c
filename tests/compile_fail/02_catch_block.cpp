// HOLE 2: cast to void, in a catch block
// EXPECT plain gcc: M M -
// EXPECT enforced clang-19 clang-22: N N N
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: catch-block, plain-status
#include "device.hpp"

static void may_throw() { throw 1; }

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  try {
    may_throw();
  } catch (int) {
    (void)Flr::run(scope.device());  // BAD scope
    // GOOD: Flr::run(scope.device()).discard("a control");
  }
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  try {
    may_throw();
  } catch (int) {
    (void)FirmwareAck::wait(scope);  // BAD step
    // GOOD: FirmwareAck::wait(scope).discard("a control");
  }
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  try {
    may_throw();
  } catch (int) {
    (void)attempt(scope.device());  // BAD status
    // GOOD: attempt(scope.device()).discard("a control");
  }
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
