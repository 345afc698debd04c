// HOLE 17: the traits of a foreign device, whose hooks return int
// EXPECT all: A
// MESSAGE A: reset_guard: the device needs 'Status reset_(prepare\(\)|done\(Outcome\)) noexcept'
#include "device.hpp"

struct foreign_device {
  rg::ResetState state;
};

template <>
struct rg::ResetTraits<foreign_device> {
  static rg::ResetState& state(foreign_device& device) noexcept { return device.state; }
  static int prepare(foreign_device&) noexcept { return 0; }  // BAD
  // GOOD: static rg::Status prepare(foreign_device&) noexcept { return rg::ok(); }
  static rg::Status done(foreign_device&, rg::Outcome) noexcept { return rg::ok(); }
};

void enter(foreign_device& device) { rg::OwnedScope<foreign_device>::enter(device).discard("a test"); }
