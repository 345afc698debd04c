// PATTERN 5: two looks in one condition
// EXPECT plain: -
// EXPECT typestate: C
#include "device.hpp"

rg::Status act(Device& a, Device& b) {
  auto first = attempt(a);
  auto second = attempt(b);
  if (first.failed() || second.failed()) return rg::Error(rg::Errc::io, 0, "act");  // BAD
  // GOOD: return rg::first_error(RESET_GUARD_MOVE(first), RESET_GUARD_MOVE(second));
  return rg::ok();  // and both are successes here
}
