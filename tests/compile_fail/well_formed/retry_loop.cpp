// The same step again, while it times out.
#include "device.hpp"

rg::Verdict<Flr> handler(Scope& scope) {
  for (int left = 3;; --left) {
    auto flr = Flr::run(scope.device());
    if (!flr.failed()) return flr;
    const rg::Error error = RESET_GUARD_MOVE(flr).error();
    if (left == 0 || error.code() != rg::Errc::timed_out) return error;
  }
}
