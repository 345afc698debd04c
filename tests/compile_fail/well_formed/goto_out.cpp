// A C-style exit label.
#include "device.hpp"

rg::Status act(Device& device) {
  rg::Error error(rg::Errc::io, 0, "act");
  auto first = attempt(device);
  if (first.failed()) {
    error = RESET_GUARD_MOVE(first).error();
    goto out;
  }
  return first;
out:
  device.blocked = true;
  return error;
}
