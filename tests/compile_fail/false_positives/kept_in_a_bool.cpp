// PATTERN 2: `bool bad = r.failed()`, tested later
// EXPECT plain: -
// EXPECT typestate: C
#include "device.hpp"

rg::Status act(Device& device) {
  auto status = attempt(device);
  const bool bad = status.failed();
  if (bad) return RESET_GUARD_MOVE(status).error();  // BAD
  // GOOD: if (bad && status.failed()) return RESET_GUARD_MOVE(status).error();
  return status;
}
