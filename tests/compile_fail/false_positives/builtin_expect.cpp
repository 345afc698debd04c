// PATTERN 11: `unlikely(r.failed())`
// EXPECT plain: -
// EXPECT typestate: C
#include "device.hpp"

rg::Status act(Device& device) {
  auto status = attempt(device);
  if (__builtin_expect(status.failed(), 0)) return RESET_GUARD_MOVE(status).error();  // BAD
  // GOOD: if (status.failed()) [[unlikely]] return RESET_GUARD_MOVE(status).error();
  return rg::ok();
}
