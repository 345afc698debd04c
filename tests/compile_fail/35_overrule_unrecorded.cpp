// HOLE 35: overrule() with an error that was never recorded
// RUN: not_recorded unresolved_failure
// CONTROL: verified
#include "device.hpp"

rg::Verdict<BusReset> pretends(Scope& scope) {
  auto flr = Flr::run(scope.device());
  if (!flr.failed()) return rg::Error(rg::Errc::invalid, 0, "not reached");
  [[maybe_unused]] const rg::Error recorded = RESET_GUARD_MOVE(flr).error();
  auto named = scope.overrule(rg::Error(rg::Errc::timed_out, -110, "flr"));  // BAD
  // GOOD: auto named = scope.overrule(recorded);
  if (named.failed()) puts(rg::to_string(RESET_GUARD_MOVE(named).error().code()));
  return BusReset::in(scope);
}

int main() { return run(pretends); }
