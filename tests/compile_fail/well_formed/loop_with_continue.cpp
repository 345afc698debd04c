// A device that is gone is skipped, by its code.
#include "device.hpp"

rg::Status act(Device (&devices)[4]) {
  for (Device& device : devices) {
    auto status = attempt(device);
    if (!status.failed()) {
      RESET_GUARD_MOVE(status).discard("went well");
      continue;
    }
    const rg::Error error = RESET_GUARD_MOVE(status).error();
    if (error.code() == rg::Errc::gone) continue;
    return error;
  }
  return rg::ok();
}
