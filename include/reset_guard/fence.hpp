// The outermost end of a reset: done is called, and what it answers is kept. release_quarantine() ends the same way.
#pragma once

#include "device.hpp"
#include "move.hpp"
#include "result.hpp"
#include "state.hpp"
#include "trace.hpp"

namespace reset_guard {
namespace detail {

template <class Device>
constexpr StateMachine& machine_of(Device& device) noexcept {
  return StateAccess::machine(ResetTraits<Device>::state(device));
}

template <class Device>
constexpr auto& ownership_of(Device& device) noexcept {
  return StateAccess::ownership(ResetTraits<Device>::state(device));
}

// Between Result and the state machine, where Success::error() stands for success.
template <class T>
constexpr Error error_of(Result<T> result) noexcept {
  if (result.failed()) return RESET_GUARD_MOVE(result).error();
  RESET_GUARD_MOVE(result).discard("only whether it failed was asked");
  return Success::error();
}

RESET_GUARD_MUST_USE constexpr Status as_status(Error error) noexcept {
  if (error.code != Errc{}) return error;
  return ok();
}

// done has answered `status` to `outcome`. Returns what the whole reset answers; `answer` is what it was until now.
template <class Device>
RESET_GUARD_MUST_USE [[gnu::noinline, gnu::cold]] Status settle_done(Device& device, Outcome outcome, Error answer,
                                                                     Status status) noexcept {
  const Error error = error_of(RESET_GUARD_MOVE(status));
  answer = machine_of(device).settle_done(outcome, answer, error);
  ownership_of(device).leave(device);
  trace(device, {TraceKind::done, 0, outcome, if_failed(error), nullptr});
  return as_status(answer);
}

template <class Device>
RESET_GUARD_MUST_USE Status call_done(Device& device, Outcome outcome, Error answer) noexcept {
  machine_of(device).begin_done();
  return settle_done(device, outcome, answer, ResetTraits<Device>::done(device, outcome));
}

}  // namespace detail

// What: lifts a quarantine without a reset, on somebody's responsibility (the device was replaced by hand, say).
// Requires: no reset of the device is under way.
// Effects: calls done with Outcome::released. If that fails the device stays quarantined, for the old reason.
// Returns: ok, or
// Errors: done's own; invalid (not quarantined), out_of_order (in mid-reset), hook_reentered, busy.
// `reason` is for the reader, and for whoever searches for release_quarantine.
template <ResettableDevice Device>
RESET_GUARD_MUST_USE Status release_quarantine(Device& device, [[maybe_unused]] const char* reason) noexcept {
  if (!detail::ownership_of(device).enter(device)) return Error(Errc::busy, 0, "release_quarantine");
  const Error refusal = detail::machine_of(device).refuse_release();
  if (refusal.code != Errc{}) {
    if (!detail::machine_of(device).in_reset()) detail::ownership_of(device).leave(device);
    return refusal;
  }
  const Error before = detail::machine_of(device).reason();
  Status released = detail::call_done(device, Outcome::released, detail::Success::error());
  detail::machine_of(device).keep_reason(before);
  return released;
}

}  // namespace reset_guard
