// HOLE 21: an error made from a code that nobody mapped
// RUN: invalid invalid invalid
// CONTROL: io io io
#include "device.hpp"

int main() {
  for (int code = 0; code <= 240; code += 120) {
    Device device;
    auto verdict = rg::reset(device, [&](Scope&) -> rg::Verdict<BusReset> {
      return rg::Error(static_cast<rg::Errc>(code), -71, "unmapped");  // BAD
      // GOOD: return rg::Error(code >= 0 ? rg::Errc::io : rg::Errc::busy, -71, "mapped");
    });
    say(device, RESET_GUARD_MOVE(verdict));
  }
}
