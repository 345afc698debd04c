// HOLE 33: evidence of a device that was replugged at the same address
// RUN: invalid_evidence
// CONTROL: verified
#include "device.hpp"

#include <new>
#include <optional>

int main() {
  alignas(Device) unsigned char place[sizeof(Device)];
  auto* device = ::new (place) Device;
  std::optional<rg::Evidence<BusReset>> kept;
  auto keep = [&](Scope& scope) -> rg::Verdict<BusReset> {
    RESET_GUARD_TRY(auto evidence, BusReset::in(scope));
    kept.emplace(RESET_GUARD_MOVE(evidence));
    return BusReset::in(scope);
  };
  rg::reset(*device, keep).discard("the second reset is the test");
  const auto seed = device->reset_state.epoch();
  device->~Device();
  device = ::new (place) Device{.reset_state = rg::ResetState(seed)};
  auto replay = [&]([[maybe_unused]] Scope& scope) -> rg::Verdict<BusReset> {
    return RESET_GUARD_MOVE(*kept);  // BAD
  // GOOD:   return BusReset::in(scope);
  };
  auto verdict = rg::reset(*device, replay);
  say(*device, RESET_GUARD_MOVE(verdict));
}
