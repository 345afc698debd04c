// PATTERN 6: looked at in a loop, from outside of it
// EXPECT plain: -
// EXPECT typestate: C
// MESSAGE C: must match at the entry and exit of loop
#include "device.hpp"

rg::Status act(Device& device) {
  auto status = attempt(device);
  for (int left = 3; left > 0; --left) {
    if (status.failed()) return RESET_GUARD_MOVE(status).error();  // BAD
    // GOOD: if (left == 1) break;
  }
  return status;
}
