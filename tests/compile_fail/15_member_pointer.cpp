// HOLE 15: ignored, through a table of function pointers
// EXPECT all: N N N
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

static rg::Verdict<Flr> call_scope(Scope& scope) { return Flr::run(scope.device()); }
static rg::Verdict<FirmwareAck> call_step(Scope& scope) { return FirmwareAck::wait(scope); }
static rg::Status call_status(Scope& scope) { return attempt(scope.device()); }

struct Table {
  rg::Verdict<Flr> (*call_scope)(Scope&);
  rg::Verdict<FirmwareAck> (*call_step)(Scope&);
  rg::Status (*call_status)(Scope&);
};
static constexpr Table table{&call_scope, &call_step, &call_status};

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  table.call_scope(scope);  // BAD scope
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, table.call_scope(scope));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  table.call_step(scope);  // BAD step
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, table.call_step(scope));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  table.call_status(scope);  // BAD status
  // GOOD: RESET_GUARD_CHECK(table.call_status(scope));
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
