// HOLE 13: in a pair
// EXPECT plain: - - -
// EXPECT typestate clang: C C C
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: member, plain-status
#include <utility>

#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  [[maybe_unused]] auto kept = std::pair<rg::Verdict<Flr>, int>(Flr::run(scope.device()), 0);  // BAD scope
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  [[maybe_unused]] auto kept = std::pair<rg::Verdict<FirmwareAck>, int>(FirmwareAck::wait(scope), 0);  // BAD step
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, FirmwareAck::wait(scope));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  [[maybe_unused]] auto kept = std::pair<rg::Status, int>(attempt(scope.device()), 0);  // BAD status
  // GOOD: RESET_GUARD_CHECK(attempt(scope.device()));
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
