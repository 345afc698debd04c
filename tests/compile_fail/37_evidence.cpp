// HOLE 37: the attributes of evidence and of what makes it
// EXPECT all: N N N
// EXPECT typestate: N N NC
// LIMIT: warnings-off
#include "device.hpp"

struct Inside : rg::Step<Inside> {
  static void drops_pass(Scope& scope) {
    pass(scope);  // BAD
    // GOOD: [[maybe_unused]] auto evidence = pass(scope);
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
  rg::join(RESET_GUARD_MOVE(first), RESET_GUARD_MOVE(second));  // BAD
  // GOOD: rg::join(RESET_GUARD_MOVE(first), RESET_GUARD_MOVE(second)).discard("a control");
  return rg::ok();
}
