// HOLE 25: a second error would hide the first
// RUN: timed_out 1
// CONTROL: io 0
#include "device.hpp"

static rg::Status clean_up() { return rg::Error(rg::Errc::io, -5, "clean-up"); }

static rg::Status join(Device& device) {
  auto first = attempt(device);  // BAD
  // GOOD: auto first = rg::ok(); device.blocked = false;
  return rg::first_error(RESET_GUARD_MOVE(first), clean_up());
}

int main() {
  Device device;
  auto status = join(device);
  if (!status.failed()) return 1;
  const rg::Error error = RESET_GUARD_MOVE(status).error();
  puts(rg::to_string(error.code()));
  puts(error.later_errors() == 1 ? "1" : "0");
}
