/// ResettableDevice: what a device brings to be reset. ResetTraits: how a foreign type brings it, untouched.
#pragma once

#include <concepts>
#include <cstdint>

#include "outcome.hpp"
#include "result.hpp"
#include "state.hpp"

namespace reset_guard {

/// The ownership policy of ResetState: the caller holds the device's lock, and nothing is checked.
///
/// Another policy answers, from the device handle, whether this owner gets in, and is told when its last scope has
/// ended.
struct SingleOwner {
  /// Whether the caller gets in: asked at each enter, a nested one too, and at each release. If not, it is told `busy`.
  template <class Device>
  static constexpr bool enter(const Device&) noexcept {
    return true;
  }
  /// The owner's last scope has ended, its release is over, or prepare has failed.
  template <class Device>
  static constexpr void leave(const Device&) noexcept {}
};

namespace detail {
struct StateAccess;
}

/// What one device remembers about its resets: a member of the device, named reset_state. Neither copied nor moved;
/// destroying it in mid-reset traps. 40 bytes where a pointer has 8, and what `Ownership` needs.
template <class Ownership>
class BasicResetState : private Ownership, private detail::StateMachine {
 public:
  /// Of a device that is not in reset and not quarantined.
  constexpr BasicResetState() noexcept : StateMachine(0) {}

  /// For a device that was unplugged and is built anew at the same address: `seed` is the epoch() that the old state
  /// had reached. Without it, evidence of the old device could be taken for evidence of the new one.
  constexpr explicit BasicResetState(std::uint32_t seed) noexcept : StateMachine(seed) {}

  BasicResetState(const BasicResetState&) =
      RESET_GUARD_DELETE("reset_guard: a device's reset state stays where it is; pass the device by reference");
  BasicResetState& operator=(const BasicResetState&) =
      RESET_GUARD_DELETE("reset_guard: a device's reset state stays where it is; pass the device by reference");

  using StateMachine::depth;        ///< how many scopes are open
  using StateMachine::epoch;        ///< grows with each reset; the seed for the state that replaces this one
  using StateMachine::in_reset;     ///< whether a reset is under way: from the call of prepare to the return of done
  using StateMachine::quarantined;  ///< whether it is not to be used until a verified reset or release_quarantine()
  using StateMachine::unfenced;     ///< whether it is quarantined without a fence; false during a reset

  /// Why the device is quarantined: the first error of the reset that failed. During a reset it may be a
  /// failure that is still to be resolved.
  /// Requires: quarantined(). Traps otherwise, in release builds too.
  constexpr Error quarantine_reason() const noexcept {
    if (!quarantined()) trap("quarantine_reason() of a device that is not quarantined: ask quarantined() first");
    return reason();
  }

 private:
  friend struct detail::StateAccess;
};

/// The state of a device with a lock of its own.
/// The caller holds that lock whenever it calls the library for the device.
using ResetState = BasicResetState<SingleOwner>;

static_assert(sizeof(void*) != 8 || sizeof(ResetState) == 40);

namespace detail {

struct StateAccess {
  template <class Ownership>
  static constexpr StateMachine& machine(BasicResetState<Ownership>& state) noexcept {
    return state;
  }
  template <class Ownership>
  static constexpr Ownership& ownership(BasicResetState<Ownership>& state) noexcept {
    return state;
  }
};

template <class T>
inline constexpr bool is_state = false;
template <class Ownership>
inline constexpr bool is_state<BasicResetState<Ownership>&> = true;

}  // namespace detail

/// How the library reaches a device's state and hooks. Specialise it for a type that cannot be changed (a C struct):
///
///     template <> struct reset_guard::ResetTraits<foreign_device> {
///       static ResetState& state(foreign_device&) noexcept;     // wherever it is kept, one per device
///       static Status prepare(foreign_device&) noexcept;        // fence the device
///       static Status done(foreign_device&, Outcome) noexcept;  // lift the fence, unless the outcome is failed
///     };
template <class Device>
struct ResetTraits {
  /// The device's state: its member reset_state. It is always the same one, and lives as long as the device.
  static constexpr auto& state(Device& device) noexcept
    requires requires { device.reset_state; }
  {
    return device.reset_state;
  }
  /// Fences the device: calls its reset_prepare().
  /// Returns: the hook's answer.
  RESET_GUARD_MUST_USE static constexpr Status prepare(Device& device) noexcept
    requires requires {
      { device.reset_prepare() } noexcept -> std::same_as<Status>;
    }
  {
    return device.reset_prepare();
  }
  /// Ends the reset, or the quarantine: calls the device's reset_done().
  /// Returns: the hook's answer.
  RESET_GUARD_MUST_USE static constexpr Status done(Device& device, Outcome outcome) noexcept
    requires requires {
      { device.reset_done(outcome) } noexcept -> std::same_as<Status>;
    }
  {
    return device.reset_done(outcome);
  }
};

namespace detail {

template <class Device>
concept HasState = requires(Device& device) { requires is_state<decltype(ResetTraits<Device>::state(device))>; };
template <class Device>
concept HasPrepare = requires(Device& device) {
  { ResetTraits<Device>::prepare(device) } noexcept -> std::same_as<Status>;
};
template <class Device>
concept HasDone = requires(Device& device, Outcome outcome) {
  { ResetTraits<Device>::done(device, outcome) } noexcept -> std::same_as<Status>;
};

}  // namespace detail

/// A device with a ResetState named reset_state and two hooks, from which no scope of the same device may be entered.
///
/// `Status reset_prepare() noexcept` fences the device: blocks its DMA, quiesces it. One that is still fenced (a
/// quarantine): succeeds, and counts nothing twice. A failure leaves nothing held.
///
/// `Status reset_done(Outcome) noexcept` lifts the fence, unless the outcome is `failed`. A failure leaves the fence in
/// place; one that cannot says Errc::unfenced. A device that is gone gets its done too, which must not touch it.
template <class Device>
concept ResettableDevice = detail::HasState<Device> && detail::HasPrepare<Device> && detail::HasDone<Device>;

}  // namespace reset_guard
