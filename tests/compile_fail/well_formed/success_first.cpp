// The success branch comes first.
#include "device.hpp"

rg::Verdict<Flr> handler(Scope& scope) {
  auto flr = Flr::run(scope.device());
  if (!flr.failed()) return flr;
  const rg::Error error = RESET_GUARD_MOVE(flr).error();
  return rg::Error(error.code(), error.native(), "handler");
}
