// HOLE 37: the attributes of the members of a result that has a value
// EXPECT all: N N
// LIMIT: warnings-off
#include "device.hpp"

rg::Result<int> number();

int drops_take() {
  auto result = number();
  if (result.failed()) return RESET_GUARD_MOVE(result).error().native();
  RESET_GUARD_MOVE(result).take();  // BAD
  // GOOD: return RESET_GUARD_MOVE(result).take();
  return 0;
}

int drops_error() {
  auto result = number();
  if (!result.failed()) return RESET_GUARD_MOVE(result).take();
  RESET_GUARD_MOVE(result).error();  // BAD
  // GOOD: return RESET_GUARD_MOVE(result).error().native();
  return 0;
}
