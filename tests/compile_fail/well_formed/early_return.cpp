// A look, and an early return with an error of its own.
#include "device.hpp"

rg::Verdict<Flr> handler(Scope& scope) {
  if (scope.device().blocked) return rg::Error(rg::Errc::unsupported, 0, "not mine");
  auto flr = Flr::run(scope.device());
  if (flr.failed()) return RESET_GUARD_MOVE(flr).error();
  return flr;
}
