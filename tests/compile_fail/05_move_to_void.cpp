// HOLE 5: a variable that is moved to nowhere
// EXPECT plain: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: moved-to-nowhere, plain-status
#include <utility>

#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  (void)std::move(result);  // BAD scope
  // GOOD: std::move(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  (void)std::move(result);  // BAD step
  // GOOD: std::move(result).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  (void)std::move(result);  // BAD status
  // GOOD: std::move(result).discard("a control");
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
