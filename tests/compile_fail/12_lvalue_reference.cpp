// HOLE 12: kept by reference
// EXPECT all: A A A
// MESSAGE A: cannot bind non-const lvalue|non-const lvalue reference
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto& result = Flr::run(scope.device());  // BAD scope
  // GOOD: auto result = Flr::run(scope.device());
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto& result = FirmwareAck::wait(scope);  // BAD step
  // GOOD: auto result = FirmwareAck::wait(scope);
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto& result = attempt(scope.device());  // BAD status
  // GOOD: auto result = attempt(scope.device());
  RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}
