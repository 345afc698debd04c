// HOLE 37: the attributes of evidence and of what makes it
// EXPECT all: N N N
// LIMIT: warnings-off
#include "device.hpp"

struct Inside : rg::ResetStep<Inside> {
  static void drops_done(Scope& scope) {
    done(scope);  // BAD
    // GOOD: [[maybe_unused]] auto evidence = done(scope);
  }
  static rg::Error drops_fail(Scope& scope, rg::Error error) {
    fail(scope, error);  // BAD
    // GOOD: return fail(scope, error);
    return error;
  }
};

rg::Status drops_both(Scope& scope) {
  RESET_GUARD_TRY(auto first, BusReset::in(scope));
  RESET_GUARD_TRY(auto second, FirmwareAck::wait(scope));
  rg::both(RESET_GUARD_MOVE(first), RESET_GUARD_MOVE(second));  // BAD
  // GOOD: [[maybe_unused]] auto both = rg::both(RESET_GUARD_MOVE(first), RESET_GUARD_MOVE(second));
  return rg::ok();
}
