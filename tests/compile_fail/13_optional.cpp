// HOLE 13: in an optional
// EXPECT plain: - - -
// EXPECT typestate clang: C C C
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: member, plain-status
#include <optional>

#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  [[maybe_unused]] std::optional<rg::Verdict<Flr>> kept(Flr::run(scope.device()));  // BAD scope
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  [[maybe_unused]] std::optional<rg::Verdict<FirmwareAck>> kept(FirmwareAck::wait(scope));  // BAD step
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, FirmwareAck::wait(scope));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  [[maybe_unused]] std::optional<rg::Status> kept(attempt(scope.device()));  // BAD status
  // GOOD: RESET_GUARD_CHECK(attempt(scope.device()));
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
