// HOLE 34: unread in a parameter that is passed by value
// EXPECT plain: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: parameter, plain-status
#include "device.hpp"

static void takes_scope([[maybe_unused]] rg::Verdict<Flr> result) {}  // BAD scope
// GOOD: static void takes_scope(rg::Verdict<Flr> result) { RESET_GUARD_MOVE(result).discard("a control"); }

static void takes_step([[maybe_unused]] rg::Verdict<FirmwareAck> result) {}  // BAD step
// GOOD: static void takes_step(rg::Verdict<FirmwareAck> result) { RESET_GUARD_MOVE(result).discard("a control"); }

static void takes_status([[maybe_unused]] rg::Status result) {}  // BAD status
// GOOD: static void takes_status(rg::Status result) { RESET_GUARD_MOVE(result).discard("a control"); }

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  takes_scope(Flr::run(scope.device()));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  takes_step(FirmwareAck::wait(scope));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  takes_status(attempt(scope.device()));
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
