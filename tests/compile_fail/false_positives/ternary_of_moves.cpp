// PATTERN 12: one of two results, chosen by `c ? a : b`
// EXPECT plain: -
// EXPECT typestate: C
#include "device.hpp"

rg::Status act(Device& device) {
  auto first = attempt(device);
  auto second = attempt(device);
  return device.blocked ? RESET_GUARD_MOVE(first) : RESET_GUARD_MOVE(second);  // BAD
  // GOOD: return rg::first_error(RESET_GUARD_MOVE(first), RESET_GUARD_MOVE(second));
}
