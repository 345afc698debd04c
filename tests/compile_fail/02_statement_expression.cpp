// HOLE 2: cast to void, of a statement expression
// EXPECT plain: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: statement-expression, plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  (void)__extension__({ Flr::run(scope.device()); });  // BAD scope
  // GOOD: __extension__({ Flr::run(scope.device()); }).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  (void)__extension__({ FirmwareAck::wait(scope); });  // BAD step
  // GOOD: __extension__({ FirmwareAck::wait(scope); }).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  (void)__extension__({ attempt(scope.device()); });  // BAD status
  // GOOD: __extension__({ attempt(scope.device()); }).discard("a control");
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
