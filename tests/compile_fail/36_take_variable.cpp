// HOLE 36: taken from a variable without a look, or in the wrong branch
// EXPECT plain: - -
// EXPECT typestate clang: C C
// MESSAGE C: 'take'.*while it is in the 'un(known|consumed)' state
// HELD IN: 36_take_traps
#include "device.hpp"

rg::Result<int> number();

int unlooked() {
  auto result = number();
  return RESET_GUARD_MOVE(result).take();  // BAD
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error().native(); else return RESET_GUARD_MOVE(result).take();
}

int wrong_branch() {
  auto result = number();
  if (result.failed()) return RESET_GUARD_MOVE(result).take();  // BAD
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error().native();
  return RESET_GUARD_MOVE(result).take();
}
