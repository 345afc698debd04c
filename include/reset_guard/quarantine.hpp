/// release_quarantine(): how a quarantine ends without a reset.
#pragma once

#include "device.hpp"
#include "result.hpp"
#include "scope.hpp"

namespace reset_guard {

/// Lifts a quarantine without a reset, on somebody's responsibility (the device was replaced by hand, say). `reason` is
/// for readers, who find it when they search for release_quarantine.
/// Requires: the caller may reset the device (ResetState: it holds the device's lock).
/// Effects: calls done with Outcome::released. The quarantine is over if that succeeds, and stays, for the old reason,
/// if it fails.
/// Errors: done's own; invalid (the device is not quarantined), out_of_order (a reset is under way),
/// hook_reentered (called from inside prepare or done, whose reset then fails; or done entered its own device),
/// busy (another owner has the device).
template <class Device>
RESET_GUARD_MUST_USE Status release_quarantine(Device& device, [[maybe_unused]] const char* reason) noexcept {
  detail::check_device<Device>();
  if (const Errc refused = detail::ownership_of(device).enter(device); refused != Errc{}) {
    return Error(refused, 0, "release_quarantine");
  }
  detail::StateMachine& machine = detail::machine_of(device);
  detail::Level level;
  const detail::Word refusal = machine.begin_release(level);
  detail::publish(device);
  if (!refusal.failed()) return detail::ResultWord::as<Status>(detail::call_done(device, level, refusal));
  if (!machine.in_reset()) detail::ownership_of(device).leave(device);
  return detail::ErrorAccess::error(refusal);
}

}  // namespace reset_guard
