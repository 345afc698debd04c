// HOLE 21: an error whose code was overwritten with 0 by hand
// RUN: invalid
// CONTROL: io
#include "device.hpp"

int main() {
  Device device;
  auto verdict = rg::reset(device, [](Scope&) -> rg::Verdict<BusReset> {
    rg::Error error(rg::Errc::io, -5, "cleared");
    error.code = rg::Errc{};  // BAD
    // GOOD: error.native = -6;
    return error;
  });
  say(device, RESET_GUARD_MOVE(verdict));
}
