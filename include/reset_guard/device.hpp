/// ResettableDevice: what a device brings to be reset. ResetTraits: how a foreign type brings it, untouched.
#pragma once

#include <cstdint>
#include <type_traits>

#include "move.hpp"
#include "outcome.hpp"
#include "result.hpp"
#include "state.hpp"

namespace reset_guard {

/// The ownership policy of ResetState: the caller holds the device's lock, and nothing is checked.
///
/// Another policy answers, from the device handle, whether this owner gets in, and is told when its last scope has
/// ended: ManyOwners, in owner.hpp, or one of your own with these members.
struct SingleOwner {
  /// Whether depth(), in_reset(), quarantined() and unfenced() are asked of the policy, as it was told by publish().
  static constexpr bool publishes = false;
  /// Whether the caller gets in: asked at each enter, a nested one too, and at each release.
  /// Returns: Errc{} if it does; otherwise what it is told, `busy` for the most part.
  template <class Device>
  static constexpr Errc enter(const Device&) noexcept {
    return Errc{};
  }
  /// Whether the caller has got in: asked before each use of a scope.
  template <class Device>
  static constexpr bool holds(const Device&) noexcept {
    return true;
  }
  /// The owner's last scope has ended, its release is over, or prepare has failed.
  template <class Device>
  static constexpr void leave(const Device&) noexcept {}
  /// What others may ask for has changed.
  static constexpr void publish(bool, unsigned, bool, bool) noexcept {}
};

namespace detail {
struct StateAccess;
}

/// What one device remembers about its resets: a member of the device, named reset_state. Neither copied nor moved;
/// destroying it in mid-reset traps. 32 bytes where a pointer has 8, and what `Ownership` needs.
template <class Ownership>
class BasicResetState : private Ownership, private detail::StateMachine {
 public:
  /// Of a device that is not in reset and not quarantined.
  constexpr BasicResetState() noexcept : StateMachine(0) {}

  /// For a device that was unplugged and is built anew at the same address: `seed` is the epoch() that the old state
  /// had reached. Without it, evidence of the old device could be taken for evidence of the new one.
  constexpr explicit BasicResetState(std::uint64_t seed) noexcept : StateMachine(seed) {}

  /// For a device that is still quarantined when its state is built anew, in another process say: `seed` is the epoch()
  /// that the old state had reached, `reason` its quarantine_reason(), `is_unfenced` its unfenced().
  /// Effects: calls no hook. A verified reset lifts the quarantine, and release_quarantine() does.
  constexpr BasicResetState(std::uint64_t seed, Error reason, bool is_unfenced = false) noexcept
      : StateMachine(seed, detail::after_touch(detail::ErrorAccess::word(reason)), is_unfenced) {
    Ownership::publish(false, 0, true, is_unfenced);
  }

  BasicResetState(const BasicResetState&) =
      RESET_GUARD_DELETE("reset_guard: a device's reset state stays where it is; pass the device by reference");
  BasicResetState& operator=(const BasicResetState&) =
      RESET_GUARD_DELETE("reset_guard: a device's reset state stays where it is; pass the device by reference");

  using StateMachine::epoch;  ///< grows with each reset; the seed for the state that replaces this one

  /// How many scopes are open.
  unsigned depth() const noexcept {
    if constexpr (Ownership::publishes) return Ownership::depth();
    return StateMachine::depth();
  }
  /// Whether a reset is under way: from the call of prepare to the return of done.
  constexpr bool in_reset() const noexcept {
    if constexpr (Ownership::publishes) return Ownership::in_reset();
    return StateMachine::in_reset();
  }
  /// Whether it is not to be used until a verified reset or release_quarantine().
  constexpr bool quarantined() const noexcept {
    if constexpr (Ownership::publishes) return Ownership::quarantined();
    return StateMachine::quarantined();
  }
  /// Whether it is quarantined without a fence; false during a reset.
  constexpr bool unfenced() const noexcept {
    if constexpr (Ownership::publishes) return Ownership::unfenced();
    return StateMachine::unfenced();
  }

  /// Why the device is quarantined: the first error of the reset that failed.
  /// Requires: quarantined(). Traps otherwise, in release builds too.
  Error quarantine_reason() const noexcept {
    if (!quarantined()) trap("quarantine_reason() of a device that is not quarantined: ask quarantined() first");
    return detail::ErrorAccess::error(reason());
  }

 private:
  friend struct detail::StateAccess;
};

/// The state of a device with a lock of its own.
/// The caller holds that lock whenever it calls the library for the device.
using ResetState = BasicResetState<SingleOwner>;

static_assert(sizeof(void*) != 8 || sizeof(ResetState) == 32);

/// How the library reaches a device's state and hooks. Specialise it for a type that cannot be changed (a C struct):
///
///     template <> struct reset_guard::ResetTraits<foreign_device> {
///       static ResetState& state(foreign_device&) noexcept;     // wherever it is kept, one per device
///       static Status prepare(foreign_device&) noexcept;        // fence the device
///       static Status done(foreign_device&, Outcome) noexcept;  // lift the fence, unless the outcome is failed
///     };
template <class Device>
struct ResetTraits {
  /// The device's state: its member reset_state.
  /// Returns: always the same one, which lives as long as the device.
  template <class D>
  static constexpr auto state(D& device) noexcept -> decltype((device.reset_state)) {
    return device.reset_state;
  }
  /// Fences the device: calls its reset_prepare().
  /// Returns: the hook's answer.
  template <class D>
  RESET_GUARD_MUST_USE static constexpr auto prepare(D& device) noexcept(noexcept(device.reset_prepare()))
      -> decltype(device.reset_prepare()) {
    return device.reset_prepare();
  }
  /// Who calls, where several may reset the device: asks its reset_owner().
  /// Returns: the hook's answer.
  template <class D>
  static constexpr auto owner(D& device) noexcept -> decltype(device.reset_owner()) {
    return device.reset_owner();
  }
  /// Ends the reset, or the quarantine: calls the device's reset_done().
  /// Returns: the hook's answer.
  template <class D>
  RESET_GUARD_MUST_USE static constexpr auto done(D& device,
                                                  Outcome outcome) noexcept(noexcept(device.reset_done(outcome)))
      -> decltype(device.reset_done(outcome)) {
    return device.reset_done(outcome);
  }
};

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

template <class Device>
constexpr StateMachine& machine_of(Device& device) noexcept {
  return StateAccess::machine(ResetTraits<Device>::state(device));
}
template <class Device>
constexpr auto& ownership_of(Device& device) noexcept {
  return StateAccess::ownership(ResetTraits<Device>::state(device));
}
template <class Device>
constexpr bool holds(Device& device) noexcept {
  return ownership_of(device).holds(device);
}
template <class Device>
constexpr void publish(Device& device) noexcept {
  const StateMachine& machine = machine_of(device);
  ownership_of(device).publish(machine.in_reset(), machine.depth(), machine.quarantined(), machine.unfenced());
}

// The same in the middle of a reset that is `depth` deep, where the rest need not be asked for.
template <class Device>
constexpr void publish_open(Device& device, unsigned depth) noexcept {
  ownership_of(device).publish(true, depth, machine_of(device).quarantined(), false);
}
// And after one that was verified.
template <class Device>
constexpr void publish_verified(Device& device) noexcept {
  ownership_of(device).publish(false, 0, false, false);
}

template <class T>
inline constexpr bool is_state = false;
template <class Ownership>
inline constexpr bool is_state<BasicResetState<Ownership>&> = true;

template <class Device, class = void>
inline constexpr bool has_state = false;
template <class Device>
inline constexpr bool has_state<Device, std::void_t<decltype(ResetTraits<Device>::state(made<Device&>()))>> =
    is_state<decltype(ResetTraits<Device>::state(made<Device&>()))>;

// Exactly a Status, and noexcept.
template <class Device, class = void>
inline constexpr bool has_prepare = false;
template <class Device>
inline constexpr bool has_prepare<Device, std::void_t<decltype(ResetTraits<Device>::prepare(made<Device&>()))>> =
    std::is_same_v<decltype(ResetTraits<Device>::prepare(made<Device&>())), Status> &&
    noexcept(ResetTraits<Device>::prepare(made<Device&>()));

template <class Device, class = void>
inline constexpr bool has_done = false;
template <class Device>
inline constexpr bool
    has_done<Device, std::void_t<decltype(ResetTraits<Device>::done(made<Device&>(), made<Outcome>()))>> =
        std::is_same_v<decltype(ResetTraits<Device>::done(made<Device&>(), made<Outcome>())), Status> &&
        noexcept(ResetTraits<Device>::done(made<Device&>(), made<Outcome>()));

template <class Device>
inline constexpr bool is_resettable = has_state<Device> && has_prepare<Device> && has_done<Device>;

// Says what a device lacks.
template <class Device>
constexpr void check_device() noexcept {
  static_assert(has_state<Device>,
                "reset_guard: the device needs a member 'ResetState reset_state', or a ResetTraits with state()");
  static_assert(has_prepare<Device>,
                "reset_guard: the device needs 'Status reset_prepare() noexcept' (exactly that), or a ResetTraits");
  static_assert(has_done<Device>,
                "reset_guard: the device needs 'Status reset_done(Outcome) noexcept' (exactly that), or a ResetTraits");
}

}  // namespace detail

#if defined(__cpp_concepts)
/// A device with a ResetState named reset_state and two hooks, from which no scope of the same device may be entered.
///
/// `Status reset_prepare() noexcept` fences the device: blocks its DMA, quiesces it. One that is still fenced (a
/// quarantine): succeeds, and counts nothing twice. A failure leaves nothing held.
///
/// `Status reset_done(Outcome) noexcept` lifts the fence, unless the outcome is `failed`. A failure leaves the fence in
/// place; one that cannot says Errc::unfenced. A device that is gone gets its done too, which must not touch it.
template <class Device>
concept ResettableDevice = detail::is_resettable<Device>;
#endif

}  // namespace reset_guard
