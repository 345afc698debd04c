// PATTERN 10: `r.failed() == true`
// EXPECT plain: -
// EXPECT typestate: C
#include "device.hpp"

rg::Status act(Device& device) {
  auto status = attempt(device);
  if (status.failed() == true) return RESET_GUARD_MOVE(status).error();  // BAD
  // GOOD: if (status.failed()) return RESET_GUARD_MOVE(status).error();
  return rg::ok();
}
