// HOLE 33: evidence older than a later failure
// RUN: invalid_evidence
// CONTROL: verified
#include "device.hpp"

rg::Verdict<BusReset> overtaken(Scope& scope) {
  RESET_GUARD_TRY([[maybe_unused]] auto evidence, BusReset::in(scope));
  auto flr = Flr::run(scope.device());
  if (flr.failed()) RESET_GUARD_CHECK(scope.overrule(RESET_GUARD_MOVE(flr).error()));
  return evidence;  // BAD
  // GOOD: return BusReset::in(scope);
}

int main() { return run(overtaken); }
