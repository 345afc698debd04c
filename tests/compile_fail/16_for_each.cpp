// HOLE 16: returned to std::for_each
// EXPECT plain: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: type-erasure, plain-status
#include <algorithm>

#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  const int once[] = {1};
  std::for_each(once, once + 1, [&](int) { return Flr::run(scope.device()); });  // BAD scope
  // GOOD: std::for_each(once, once + 1, [&](int) { Flr::run(scope.device()).discard("a control"); });
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  const int once[] = {1};
  std::for_each(once, once + 1, [&](int) { return FirmwareAck::wait(scope); });  // BAD step
  // GOOD: std::for_each(once, once + 1, [&](int) { FirmwareAck::wait(scope).discard("a control"); });
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  const int once[] = {1};
  std::for_each(once, once + 1, [&](int) { return attempt(scope.device()); });  // BAD status
  // GOOD: std::for_each(once, once + 1, [&](int) { attempt(scope.device()).discard("a control"); });
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
