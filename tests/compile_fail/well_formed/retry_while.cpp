// A while loop that keeps the last error.
#include "device.hpp"

rg::Status act(Device& device) {
  rg::Error last(rg::Errc::invalid, 0, "not tried");
  int left = 3;
  while (left-- > 0) {
    auto status = attempt(device);
    if (!status.failed()) return status;
    last = RESET_GUARD_MOVE(status).error();
  }
  return last;
}
