// HOLE 10: a temporary is asked whether it failed, and its error is lost with it
// EXPECT all: A A A A A
// MESSAGE A: deleted.*(the error would be lost|failed)|error would be lost
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  if (Flr::run(scope.device()).failed()) scope.touch();  // BAD scope
  // GOOD: if (auto result = Flr::run(scope.device()); result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  if (FirmwareAck::wait(scope).failed()) scope.touch();  // BAD step
  // GOOD: if (auto result = FirmwareAck::wait(scope); result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  if (attempt(scope.device()).failed()) scope.touch();  // BAD status
  // GOOD: if (auto result = attempt(scope.device()); result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_in_a_loop(Scope& scope) {
  for (int tries = 0; attempt(scope.device()).failed() && tries != 3; ++tries) scope.touch();  // BAD
  // GOOD: auto result = attempt(scope.device()); if (result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_behind_or(Scope& scope, bool known) {
  if (known || attempt(scope.device()).failed()) scope.touch();  // BAD
  // GOOD: auto result = attempt(scope.device()); if (result.failed()) return RESET_GUARD_MOVE(result).error(); else if (known) scope.touch();
  return BusReset::in(scope);
}
