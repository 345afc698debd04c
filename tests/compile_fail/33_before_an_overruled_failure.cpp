// HOLE 33: evidence from before a reset step failed, whose failure was overruled by name
// RUN: invalid_evidence
// CONTROL: verified
#include "device.hpp"

int main() {
  Device device;
  auto verdict = rg::reset(device, [](Scope& scope) -> rg::Verdict<BusReset> {
    RESET_GUARD_TRY([[maybe_unused]] auto before, BusReset::in(scope));
    auto flr = Flr::run(scope.device());
    if (!flr.failed()) return rg::Error(rg::Errc::io, 0, "a test");
    RESET_GUARD_CHECK(scope.overrule(RESET_GUARD_MOVE(flr).error()));
    return before;  // BAD
    // GOOD: return BusReset::in(scope);
  });
  say(device, RESET_GUARD_MOVE(verdict));
}
