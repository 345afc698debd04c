// A whole program that knows the library only as a package: one nested reset, seen by the device's hooks.
#include <cstdio>
#include <utility>
#if defined(IMPORT_RESET_GUARD)
#include <reset_guard/attributes.hpp>
#include <reset_guard/try.hpp>
import reset_guard;
#else
#include <reset_guard/reset_guard.hpp>
#endif

namespace rg = reset_guard;

struct Device {
  rg::ResetState reset_state;
  int prepared = 0;
  int verified = 0;
  bool pulsed = false;

  rg::Status reset_prepare() noexcept {
    ++prepared;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    verified += outcome == rg::Outcome::verified ? 1 : 0;
    return rg::ok();
  }
};

using Scope = rg::ResetScope<Device>;

struct Pulse : rg::ResetStep<Pulse> {
  RESET_GUARD_MUST_USE static rg::Status act(Device& device) noexcept {
    device.pulsed = true;
    return rg::ok();
  }
  struct Witness {
    explicit Witness(Device& device) noexcept { device.pulsed = false; }
    RESET_GUARD_MUST_USE rg::Result<bool> check(Device& device) const noexcept { return device.pulsed; }
  };
};

rg::Verdict<Pulse> handler(Scope& scope) {
  RESET_GUARD_TRY(auto pulse, Pulse::run(scope.device()));
  return pulse;
}

int main() {
  Device device;
  auto verdict = rg::reset(device, handler);
  if (verdict.failed()) {
    std::printf("failed: %d\n", static_cast<int>(std::move(verdict).error().code()));
    return 1;
  }
  std::move(verdict).discard("the hooks tell the rest");
  std::printf("prepare %d, verified %d\n", device.prepared, device.verified);
  return device.prepared == 1 && device.verified == 1 ? 0 : 1;
}
