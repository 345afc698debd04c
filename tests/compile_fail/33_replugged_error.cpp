// HOLE 33: an error of a device that was replugged at the same address is named to overrule()
// RUN: timed_out
// CONTROL: verified
#include <new>

#include "device.hpp"

int main() {
  alignas(Device) char place[sizeof(Device)];
  auto* old = ::new (static_cast<void*>(place)) Device;
  auto first = Flr::run(*old);
  if (!first.failed()) return RESET_GUARD_MOVE(first).discard("a test"), 1;
  const rg::Error stale = RESET_GUARD_MOVE(first).error();
  const auto seed = old->reset_state.epoch();
  old->~Device();
  auto* device = ::new (static_cast<void*>(place)) Device{rg::ResetState(seed), rg::Errc::timed_out, false};
  auto verdict = rg::reset(*device, [&](Scope& scope) -> rg::Verdict<BusReset> {
    auto flr = Flr::run(scope.device());
    if (!flr.failed()) return rg::Error(rg::Errc::io, 0, "a test");
    const rg::Error error = RESET_GUARD_MOVE(flr).error();
    const rg::Error& named = error.native() == 0 ? error : stale;  // BAD
    // GOOD: const rg::Error& named = stale.native() == 0 ? stale : error;
    RESET_GUARD_CHECK(scope.overrule(named));
    return BusReset::in(scope);
  });
  say(*device, RESET_GUARD_MOVE(verdict));
}
