// HOLE 16: in a std::function<void()>
// EXPECT plain: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: type-erasure, plain-status
#include <functional>

#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  std::function<void()> act = [&] { return Flr::run(scope.device()); };  // BAD scope
  // GOOD: std::function<void()> act = [&] { Flr::run(scope.device()).discard("a control"); };
  act();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  std::function<void()> act = [&] { return FirmwareAck::wait(scope); };  // BAD step
  // GOOD: std::function<void()> act = [&] { FirmwareAck::wait(scope).discard("a control"); };
  act();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  std::function<void()> act = [&] { return attempt(scope.device()); };  // BAD status
  // GOOD: std::function<void()> act = [&] { attempt(scope.device()).discard("a control"); };
  act();
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
