// PATTERN 7: looked at in a lambda
// EXPECT plain: -
// EXPECT typestate: C
#include "device.hpp"

rg::Status act(Device& device) {
  auto status = attempt(device);
  const auto bad = [&] { return status.failed(); };
  if (bad()) return RESET_GUARD_MOVE(status).error();  // BAD
  // GOOD: if (status.failed()) return RESET_GUARD_MOVE(status).error(); else if (bad()) return rg::ok();
  return status;
}
