// HOLE 35: supersede() with an error that was never recorded
// RUN: not_recorded laundered
// CONTROL: verified
#include "device.hpp"

rg::Verdict<BusReset> pretends(Scope& scope) {
  auto flr = Flr::run(scope.device());
  if (!flr.failed()) return rg::Error(rg::Errc::invalid, 0, "not reached");
  [[maybe_unused]] const rg::Error recorded = RESET_GUARD_MOVE(flr).error();
  auto named = scope.supersede(rg::Error(rg::Errc::timed_out, -110, "flr"));  // BAD
  // GOOD: auto named = scope.supersede(recorded);
  if (named.failed()) puts(rg::to_string(RESET_GUARD_MOVE(named).error().code));
  return BusReset::in(scope);
}

int main() { return run(pretends); }
