// A do loop that stops at the first success.
#include "device.hpp"

rg::Status act(Device& device) {
  int left = 3;
  do {
    auto status = attempt(device);
    if (!status.failed()) return status;
    if (RESET_GUARD_MOVE(status).error().code() == rg::Errc::gone) break;
  } while (--left > 0);
  return rg::Error(rg::Errc::timed_out, 0, "act");
}
