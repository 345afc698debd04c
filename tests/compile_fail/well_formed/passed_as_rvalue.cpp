// A result handed on with a move.
#include "device.hpp"

static rg::Status consume(rg::Status status) { return status; }

rg::Status act(Device& device) {
  auto status = attempt(device);
  return consume(RESET_GUARD_MOVE(status));
}
