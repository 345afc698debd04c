// HOLE 26: the answer itself is thrown
// EXPECT plain: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: moved-to-nowhere, plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  try {
    throw Flr::run(scope.device());  // BAD scope
    // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  } catch (...) {
  }
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  try {
    throw FirmwareAck::wait(scope);  // BAD step
    // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, FirmwareAck::wait(scope));
  } catch (...) {
  }
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  try {
    throw attempt(scope.device());  // BAD status
    // GOOD: RESET_GUARD_CHECK(attempt(scope.device()));
  } catch (...) {
  }
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
