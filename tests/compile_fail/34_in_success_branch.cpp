// HOLE 34: unread in the success branch of an earlier test
// EXPECT plain: - - -
// EXPECT typestate clang: C C C
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto first = BusReset::in(scope);
  if (first.failed()) return RESET_GUARD_MOVE(first).error();
  RESET_GUARD_MOVE(first).discard("a test");
  [[maybe_unused]] auto result = Flr::run(scope.device());  // BAD scope
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto first = BusReset::in(scope);
  if (first.failed()) return RESET_GUARD_MOVE(first).error();
  RESET_GUARD_MOVE(first).discard("a test");
  [[maybe_unused]] auto result = FirmwareAck::wait(scope);  // BAD step
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, FirmwareAck::wait(scope));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto first = BusReset::in(scope);
  if (first.failed()) return RESET_GUARD_MOVE(first).error();
  RESET_GUARD_MOVE(first).discard("a test");
  [[maybe_unused]] auto result = attempt(scope.device());  // BAD status
  // GOOD: RESET_GUARD_CHECK(attempt(scope.device()));
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
