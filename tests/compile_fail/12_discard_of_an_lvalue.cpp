// HOLE 12: discarded, and kept
// EXPECT all: A A A
// MESSAGE A: deleted
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  result.discard("a test");  // BAD scope
  // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  result.discard("a test");  // BAD step
  // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  result.discard("a test");  // BAD status
  // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}
