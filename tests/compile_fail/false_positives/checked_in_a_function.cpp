// PATTERN 4: the look is in another function
// EXPECT plain: -
// EXPECT typestate: C
#include "device.hpp"

static bool is_bad(const rg::Status& status) { return status.failed(); }

rg::Status act(Device& device) {
  auto status = attempt(device);
  if (is_bad(status)) return RESET_GUARD_MOVE(status).error();  // BAD
  // GOOD: if (is_bad(status) && status.failed()) return RESET_GUARD_MOVE(status).error();
  return status;
}
