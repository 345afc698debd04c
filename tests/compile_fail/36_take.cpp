// HOLE 36: taken without a look
// EXPECT plain: - -
// EXPECT typestate clang: C C
// MESSAGE C: 'take'.*while it is in the 'un(known|consumed)' state
// HELD IN: 36_take_traps
#include "device.hpp"

rg::Evidence<Flr> of_scope(Scope& scope) {
  return Flr::run(scope.device()).take();  // BAD scope
  // GOOD: auto result = Flr::run(scope.device()); if (!result.failed()) return RESET_GUARD_MOVE(result).take(); rg::trap("a control");
}

rg::Evidence<FirmwareAck> of_step(Scope& scope) {
  return FirmwareAck::wait(scope).take();  // BAD step
  // GOOD: auto result = FirmwareAck::wait(scope); if (!result.failed()) return RESET_GUARD_MOVE(result).take(); rg::trap("a control");
}
