// HOLE 9: tested as if it were a bool
// EXPECT all: A A A
// MESSAGE A: convert.*bool|bool.*convert|contextually
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  if (Flr::run(scope.device())) scope.touch();  // BAD scope
  // GOOD: if (auto result = Flr::run(scope.device()); result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  if (FirmwareAck::wait(scope)) scope.touch();  // BAD step
  // GOOD: if (auto result = FirmwareAck::wait(scope); result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  if (attempt(scope.device())) scope.touch();  // BAD status
  // GOOD: if (auto result = attempt(scope.device()); result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::in(scope);
}
