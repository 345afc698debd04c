// A function that calls itself, and hands up what it gets.
#include "device.hpp"

rg::Status act(Device& device, int depth) {
  if (depth == 0) return attempt(device);
  auto status = act(device, depth - 1);
  if (status.failed()) return RESET_GUARD_MOVE(status).error();
  return status;
}
