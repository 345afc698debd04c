// A step whose work answers with a Status.
#include "device.hpp"

struct Restored : rg::Step<Restored> {
  RESET_GUARD_MUST_USE static rg::Verdict<Restored> in(Scope& scope) { return pass_if(scope, attempt(scope.device())); }
};

rg::Verdict<Flr, Restored> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  RESET_GUARD_TRY(auto restored, Restored::in(scope));
  return rg::join(RESET_GUARD_MOVE(flr), RESET_GUARD_MOVE(restored));
}
