// PATTERN 9: handed by value to a constructor
// EXPECT plain: -
// EXPECT typestate: C
#include "device.hpp"

struct Attempt {
  explicit Attempt(rg::Status made) : status(RESET_GUARD_MOVE(made)) {}  // BAD
  // GOOD: // an aggregate, which needs no constructor
  rg::Status status;
};

bool act(Device& device) {
  const Attempt first{attempt(device)};
  return first.status.failed();
}
