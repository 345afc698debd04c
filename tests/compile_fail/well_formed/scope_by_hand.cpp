// enter() and finish() without reset().
#include "device.hpp"

rg::Verdict<BusReset> act(Device& device) {
  RESET_GUARD_TRY(auto scope, Owned::enter(device));
  return scope.finish(BusReset::in(scope));
}

rg::Status give_up(Device& device) {
  RESET_GUARD_TRY(auto scope, Owned::enter(device));
  auto status = attempt(device);
  if (status.failed()) return scope.finish(RESET_GUARD_MOVE(status).error());
  RESET_GUARD_MOVE(status).discard("the evidence is what counts");
  RESET_GUARD_TRY([[maybe_unused]] auto evidence, scope.finish(BusReset::in(scope)));
  return rg::ok();
}
