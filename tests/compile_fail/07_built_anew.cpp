// HOLE 7: destroyed, and built anew as something else
// EXPECT plain: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: reference, plain-status
#include <memory>

#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  std::destroy_at(&result), std::construct_at(&result, rg::Error(rg::Errc::unsupported, 0, "anew"));  // BAD scope
  // GOOD: if (result.failed()) scope.touch();
  RESET_GUARD_MOVE(result).discard("a test");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  std::destroy_at(&result), std::construct_at(&result, rg::Error(rg::Errc::unsupported, 0, "anew"));  // BAD step
  // GOOD: if (result.failed()) scope.touch();
  RESET_GUARD_MOVE(result).discard("a test");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  std::destroy_at(&result), std::construct_at(&result, rg::Error(rg::Errc::unsupported, 0, "anew"));  // BAD status
  // GOOD: if (result.failed()) scope.touch();
  RESET_GUARD_MOVE(result).discard("a test");
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
