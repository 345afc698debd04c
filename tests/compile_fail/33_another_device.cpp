// HOLE 33: evidence of another device
// RUN: invalid_evidence
// CONTROL: verified
#include "device.hpp"

int main() {
  Device device, other;
  device.error = other.error = rg::Errc{};
  Device& wrong = other;  // BAD
  // GOOD: Device& wrong = device;
  auto verdict = rg::reset(device, [&](Scope&) -> rg::Verdict<Flr> { return Flr::run(wrong); });
  say(device, RESET_GUARD_MOVE(verdict));
}
