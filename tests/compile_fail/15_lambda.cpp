// HOLE 15: ignored, from a lambda
// EXPECT all: N N N
// EXPECT typestate: NC NC NC
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  const auto call = [&]() -> rg::Verdict<Flr> { return Flr::run(scope.device()); };
  call();  // BAD scope
  // GOOD: call().discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  const auto call = [&]() -> rg::Verdict<FirmwareAck> { return FirmwareAck::wait(scope); };
  call();  // BAD step
  // GOOD: call().discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  const auto call = [&]() -> rg::Status { return attempt(scope.device()); };
  call();  // BAD status
  // GOOD: call().discard("a control");
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
