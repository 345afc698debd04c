/// How a quarantine ends without a reset: release_quarantine(). And, for the library's own use, how a reset ends.
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

// done has answered `status` to `outcome`. Returns what the whole reset answers; `answer` is what it was until now.
template <class Device>
[[gnu::noinline]] Word settle_done(Device& device, Outcome outcome, Word answer, Word status) noexcept {
  answer = machine_of(device).settle_done(outcome, answer, status);
  ownership_of(device).leave(device);
  const Error error = status.error();
  trace(device, {TraceKind::done, 0, outcome, if_failed(error), nullptr});
  return answer;
}

template <class Device>
Word call_done(Device& device, Outcome outcome, Word answer) noexcept {
  machine_of(device).begin_done();
  return settle_done(device, outcome, answer, ResultWord::of(ResetTraits<Device>::done(device, outcome)));
}

}  // namespace detail

/// Lifts a quarantine without a reset, on somebody's responsibility (the device was replaced by hand, say). `reason` is
/// for the reader, and for whoever searches for release_quarantine.
/// Requires: the caller may reset the device (ResetState: it holds the device's lock).
/// Effects: calls done with Outcome::released. The quarantine is over if that succeeds, and stays, for the old reason,
/// if it fails.
/// Errors: done's own; invalid (the device is not quarantined), out_of_order (a reset is under way),
/// hook_reentered (called from inside prepare or done, whose reset then fails; or done entered its own device),
/// busy (another owner has the device).
template <ResettableDevice Device>
RESET_GUARD_MUST_USE Status release_quarantine(Device& device, [[maybe_unused]] const char* reason) noexcept {
  if (!detail::ownership_of(device).enter(device)) return Error(Errc::busy, 0, "release_quarantine");
  const Error refusal = detail::machine_of(device).refuse_release();
  if (refusal.code != Errc{}) {
    if (!detail::machine_of(device).in_reset()) detail::ownership_of(device).leave(device);
    return refusal;
  }
  const Error before = detail::machine_of(device).reason();
  const detail::Word released = detail::call_done(device, Outcome::released, detail::ResultWord::of(ok()));
  detail::machine_of(device).keep_reason(before);
  return detail::ResultWord::as<Status>(released);
}

}  // namespace reset_guard
