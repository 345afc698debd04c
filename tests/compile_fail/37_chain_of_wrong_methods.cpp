// HOLE 37: a method, a probe or a macro of the wrong type
// EXPECT all: A A A
// MESSAGE A: conver|cannot initialize|RESET_GUARD_TRY needs a Result<T>; for a Status use RESET_GUARD_CHECK|RESET_GUARD_CHECK needs a Status
#include "device.hpp"

static rg::Status says_ok(Device&) { return rg::ok(); }
static rg::Verdict<BusReset> resets(Device& device) {
  return rg::reset(device, [](Scope& scope) { return BusReset::in(scope); });
}

inline constexpr auto entry = rg::Method<Device, BusReset>{"bus", nullptr, says_ok};  // BAD
// GOOD: inline constexpr auto entry = rg::Method<Device, BusReset>{"bus", nullptr, resets};

rg::Status tries_a_status(Device& device) {
  RESET_GUARD_TRY([[maybe_unused]] auto what, attempt(device));  // BAD
  // GOOD: RESET_GUARD_CHECK(attempt(device));
  return rg::ok();
}

rg::Status checks_a_verdict(Device& device) {
  RESET_GUARD_CHECK(resets(device));  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto what, resets(device));
  return says_ok(device);
}
