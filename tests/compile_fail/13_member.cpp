// HOLE 13: a member of an object that is dropped
// EXPECT plain: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: member, plain-status
#include "device.hpp"

template <class T>
struct Kept {
  T result;
};

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  [[maybe_unused]] Kept<rg::Verdict<Flr>> kept{Flr::run(scope.device())};  // BAD scope
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  [[maybe_unused]] Kept<rg::Verdict<FirmwareAck>> kept{FirmwareAck::wait(scope)};  // BAD step
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, FirmwareAck::wait(scope));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  [[maybe_unused]] Kept<rg::Status> kept{attempt(scope.device())};  // BAD status
  // GOOD: RESET_GUARD_CHECK(attempt(scope.device()));
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
