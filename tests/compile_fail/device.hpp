// What the programs here share: a device whose reset and whose firmware fail. The core only, no standard header: each
// program is compiled some twenty times.
#pragma once

#include <reset_guard/reset_guard.hpp>

extern "C" int puts(const char*);

namespace rg = reset_guard;

struct Device {
  rg::ResetState reset_state;
  rg::Errc error = rg::Errc::timed_out;  // what Flr, FirmwareAck and attempt() answer; Errc{}: they succeed
  bool blocked = false;

  rg::Status reset_prepare() noexcept {
    blocked = true;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome != rg::Outcome::failed) blocked = false;
    return rg::ok();
  }
};

using Scope = rg::ResetScope<Device>;
using Owned = rg::OwnedScope<Device>;

// A witness that finds nothing wrong, for any device.
struct Finds {
  template <class AnyDevice>
  explicit Finds(AnyDevice&) noexcept {}
  template <class AnyDevice>
  RESET_GUARD_MUST_USE rg::Status check(AnyDevice&) const noexcept {
    return rg::ok();
  }
};

// A verdict from a scope: the step opens one of its own.
struct Flr : rg::ResetStep<Flr> {
  using Witness = Finds;
  static rg::Status act(Device& device) noexcept {
    if (device.error == rg::Errc{}) return rg::ok();
    return rg::Error(device.error, -110, "flr");
  }
};

// A verdict inside a scope: the caller's.
struct FirmwareAck : rg::Step<FirmwareAck> {
  RESET_GUARD_MUST_USE static rg::Verdict<FirmwareAck> wait(Scope& scope) {
    if (scope.device().error == rg::Errc{}) return pass(scope);
    return fail(scope, rg::Error(scope.device().error, -110, "ack"));
  }
};

// A plain Status, from a function that carries no attribute and records nothing.
inline rg::Status attempt(Device& device) noexcept {
  if (device.error == rg::Errc{}) return rg::ok();
  return rg::Error(device.error, -110, "attempt");
}

// Always succeeds: the evidence over which a handler claims success.
struct BusReset : rg::ResetStep<BusReset> {
  using Witness = Finds;
  RESET_GUARD_MUST_USE static rg::Verdict<BusReset> in(Scope& scope) {
    return pass_if(scope, rg::ok(), Witness(scope.device()));
  }
};

// Says in one word how a reset ended: 'verified', or the name of its error if the device was kept blocked.
template <class T>
void say(Device& device, rg::Result<T> result) {
  const bool kept = device.blocked && device.reset_state.quarantined();
  if (!result.failed()) {
    RESET_GUARD_MOVE(result).discard("the word is about the outcome");
    puts(!device.blocked && !device.reset_state.quarantined() ? "verified" : "success-but-blocked");
    return;
  }
  const rg::Error error = RESET_GUARD_MOVE(result).error();
  puts(kept ? rg::to_string(error.code()) : "failed-but-free");
}

// Runs each handler on a device of its own.
template <class... Handlers>
int run(Handlers... handlers) {
  const auto one = [](auto handler) {
    Device device;
    auto verdict = rg::reset(device, handler);
    say(device, RESET_GUARD_MOVE(verdict));
  };
  (one(handlers), ...);
  return 0;
}
