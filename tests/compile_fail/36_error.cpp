// HOLE 36: the error is taken without a look
// EXPECT plain: - -
// EXPECT typestate clang: C C
// MESSAGE C: 'error'.*while it is in the 'un(known|consumed)' state|while it is in the 'consumed' state
// HELD IN: 36_error_traps
#include "device.hpp"

rg::Error of_status(Device& device) {
  return attempt(device).error();  // BAD status
  // GOOD: auto result = attempt(device); if (result.failed()) return RESET_GUARD_MOVE(result).error(); rg::trap("a control");
}

rg::Error of_scope(Device& device) {
  return Flr::run(device).error();  // BAD scope
  // GOOD: auto result = Flr::run(device); if (result.failed()) return RESET_GUARD_MOVE(result).error(); rg::trap("a control");
}
