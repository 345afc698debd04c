// HOLE 8: copied into a lambda
// EXPECT all: A A A
// MESSAGE A: deleted
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  const auto act = [result] { return result.failed(); };  // BAD scope
  // GOOD: const auto act = [&result] { return result.failed(); };
  if (act()) scope.touch();
  RESET_GUARD_MOVE(result).discard("a test");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  const auto act = [result] { return result.failed(); };  // BAD step
  // GOOD: const auto act = [&result] { return result.failed(); };
  if (act()) scope.touch();
  RESET_GUARD_MOVE(result).discard("a test");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  const auto act = [result] { return result.failed(); };  // BAD status
  // GOOD: const auto act = [&result] { return result.failed(); };
  if (act()) scope.touch();
  RESET_GUARD_MOVE(result).discard("a test");
  return BusReset::in(scope);
}
