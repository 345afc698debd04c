// HOLE 12: asked for its error, and kept
// EXPECT all: A A A
// MESSAGE A: deleted
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  if (result.failed()) return result.error();  // BAD scope
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  if (result.failed()) return result.error();  // BAD step
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  if (result.failed()) return result.error();  // BAD status
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}
