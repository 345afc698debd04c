// HOLE 2: cast to void in a ternary
// EXPECT plain gcc: M M -
// EXPECT typestate clang: C C C
// EXPECT typestate clang-14 clang-16: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  scope.outermost() ? (void)Flr::run(scope.device()) : (void)0;  // BAD scope
  // GOOD: scope.outermost() ? Flr::run(scope.device()).discard("a control") : (void)0;
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  scope.outermost() ? (void)FirmwareAck::wait(scope) : (void)0;  // BAD step
  // GOOD: scope.outermost() ? FirmwareAck::wait(scope).discard("a control") : (void)0;
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  scope.outermost() ? (void)attempt(scope.device()) : (void)0;  // BAD status
  // GOOD: scope.outermost() ? attempt(scope.device()).discard("a control") : (void)0;
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
