// The result lives in the if.
#include "device.hpp"

rg::Status act(Device& device) {
  if (auto status = attempt(device); status.failed()) return RESET_GUARD_MOVE(status).error();
  return rg::ok();
}
