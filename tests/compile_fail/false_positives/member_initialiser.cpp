// PATTERN 8: a member that is initialised by a call
// EXPECT plain: -
// EXPECT typestate: C
#include "device.hpp"

struct Attempt {
  rg::Status status;
  explicit Attempt(Device& device) : status(attempt(device)) {}  // BAD
  // GOOD: static Attempt on(Device& device) { return Attempt{attempt(device)}; }
};
