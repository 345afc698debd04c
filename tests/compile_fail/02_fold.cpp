// HOLE 2: cast to void, in a fold expression
// EXPECT plain gcc: M M -
// EXPECT typestate clang: C C C
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  const auto all = [](auto&... of) { ((void)Flr::run(of), ...); };  // BAD scope
  // GOOD: const auto all = [](auto&... of) { (Flr::run(of).discard("a control"), ...); };
  all(scope.device());
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  const auto all = [](auto&... of) { ((void)FirmwareAck::wait(of), ...); };  // BAD step
  // GOOD: const auto all = [](auto&... of) { (FirmwareAck::wait(of).discard("a control"), ...); };
  all(scope);
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  const auto all = [](auto&... of) { ((void)attempt(of), ...); };  // BAD status
  // GOOD: const auto all = [](auto&... of) { (attempt(of).discard("a control"), ...); };
  all(scope.device());
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
