// HOLE 5: a variable that is declared unused, from one of two calls
// EXPECT plain: - - -
// EXPECT typestate clang: C C C
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  [[maybe_unused]] auto result = scope.outermost() ? Flr::run(scope.device()) : Flr::run(scope.device());  // BAD scope
  // GOOD: auto result = scope.outermost() ? Flr::run(scope.device()) : Flr::run(scope.device()); RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  [[maybe_unused]] auto result = scope.outermost() ? FirmwareAck::wait(scope) : FirmwareAck::wait(scope);  // BAD step
  // GOOD: auto result = scope.outermost() ? FirmwareAck::wait(scope) : FirmwareAck::wait(scope); RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  [[maybe_unused]] auto result = scope.outermost() ? attempt(scope.device()) : attempt(scope.device());  // BAD status
  // GOOD: auto result = scope.outermost() ? attempt(scope.device()) : attempt(scope.device()); RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
