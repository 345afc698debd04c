// Clean-up that runs whatever the answer is, its error second.
#include "device.hpp"

static rg::Status restore(Device& device) { return attempt(device); }

rg::Verdict<Flr> handler(Scope& scope) {
  auto flr = Flr::run(scope.device());
  auto restored = restore(scope.device());
  return rg::first_error(RESET_GUARD_MOVE(flr), RESET_GUARD_MOVE(restored));
}
