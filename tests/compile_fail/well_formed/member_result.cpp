// A result kept as a member of an aggregate, and handled explicitly.
#include "device.hpp"

struct Attempt {
  rg::Status status;
  bool failed() const { return status.failed(); }
  rg::Status finish() && { return RESET_GUARD_MOVE(status); }
};

rg::Status act(Device& device) {
  Attempt first{attempt(device)};
  if (first.failed()) puts("failed");
  return RESET_GUARD_MOVE(first).finish();
}
