// HOLE 33: evidence mixed from two devices
// RUN: invalid_evidence
// CONTROL: verified
#include "device.hpp"

int main() {
  Device device, other;
  device.error = other.error = rg::Errc{};
  Device& wrong = other;  // BAD
  // GOOD: Device& wrong = device;
  auto mixed = [&](Scope& scope) -> rg::Verdict<Flr, BusReset> {
    RESET_GUARD_TRY(auto flr, Flr::run(wrong));
    RESET_GUARD_TRY(auto bus, BusReset::in(scope));
    return rg::join(RESET_GUARD_MOVE(flr), RESET_GUARD_MOVE(bus));
  };
  auto verdict = rg::reset(device, mixed);
  say(device, RESET_GUARD_MOVE(verdict));
}
