// HOLE 15: ignored, through a function pointer
// EXPECT all: N N N
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

static rg::Verdict<Flr> call_scope(Scope& scope) { return Flr::run(scope.device()); }
static rg::Verdict<FirmwareAck> call_step(Scope& scope) { return FirmwareAck::wait(scope); }
static rg::Status call_status(Scope& scope) { return attempt(scope.device()); }

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  rg::Verdict<Flr> (*const call)(Scope&) = call_scope;
  call(scope);  // BAD scope
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, call(scope));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  rg::Verdict<FirmwareAck> (*const call)(Scope&) = call_step;
  call(scope);  // BAD step
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, call(scope));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  rg::Status (*const call)(Scope&) = call_status;
  call(scope);  // BAD status
  // GOOD: RESET_GUARD_CHECK(call(scope));
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
