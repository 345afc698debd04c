// HOLE 5: a variable that is cast to void, in a catch block
// EXPECT plain: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: catch-block, plain-status
#include "device.hpp"

static void may_throw() { throw 1; }

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  try {
    may_throw();
  } catch (int) {
    auto result = Flr::run(scope.device());
    (void)result;  // BAD scope
    // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  }
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  try {
    may_throw();
  } catch (int) {
    auto result = FirmwareAck::wait(scope);
    (void)result;  // BAD step
    // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  }
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  try {
    may_throw();
  } catch (int) {
    auto result = attempt(scope.device());
    (void)result;  // BAD status
    // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  }
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
