// PATTERN 1: `r.failed() ? a : b`
// EXPECT plain: -
// EXPECT typestate: C
#include "device.hpp"

int act(Device& device) {
  auto status = attempt(device);
  return status.failed() ? RESET_GUARD_MOVE(status).error().native() : 0;  // BAD
  // GOOD: if (status.failed()) return RESET_GUARD_MOVE(status).error().native(); else return RESET_GUARD_MOVE(status).discard("went well"), 0;
}
