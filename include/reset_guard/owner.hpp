/// A device that several threads or tasks may reset: Owner, ManyOwners, SharedResetState, enter_until(),
/// reset_until().
//
// One word says who resets the device, and whether somebody waits for it. It is taken by one compare-and-swap when a
// reset begins, read by the nested ones, and given back when the last scope has ended.
#pragma once

#include <cstdint>
#include <type_traits>

#include "attributes.hpp"
#include "device.hpp"
#include "error.hpp"
#include "move.hpp"
#include "reset.hpp"
#include "result.hpp"
#include "scope.hpp"

namespace reset_guard {

/// Who resets: one object per thread, task or request. Two are told apart by their addresses, and an address may be
/// used again when the resets of its owner are over.
struct alignas(8) Owner {
  Owner() = default;
  Owner(const Owner&) = RESET_GUARD_DELETE("reset_guard: an owner is known by its address; pass a pointer");
  Owner& operator=(const Owner&) = RESET_GUARD_DELETE("reset_guard: an owner is known by its address; pass a pointer");
};

/// The accesses of ManyOwners to what its owners share, by the compiler's builtins: `<atomic>` is no freestanding
/// header everywhere. A test may bring others.
struct BuiltinAtomics {
  /// The value, and what was written before it was released.
  static std::uintptr_t acquire(const std::uintptr_t& word) noexcept {
    return __atomic_load_n(&word, __ATOMIC_ACQUIRE);
  }
  /// Writes `value`, and releases what was written before.
  static void release(std::uintptr_t& word, std::uintptr_t value) noexcept {
    __atomic_store_n(&word, value, __ATOMIC_RELEASE);
  }
  /// Writes `value`. Returns: the value before.
  static std::uintptr_t exchange(std::uintptr_t& word, std::uintptr_t value) noexcept {
    return __atomic_exchange_n(&word, value, __ATOMIC_ACQ_REL);
  }
  /// Writes `value` if the word is `expected`. Returns: whether it was.
  static bool replace(std::uintptr_t& word, std::uintptr_t expected, std::uintptr_t value) noexcept {
    return __atomic_compare_exchange_n(&word, &expected, value, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
  }
  /// What others may ask for at any time: each value is whole, and says nothing about other memory.
  static std::uint32_t read(const std::uint32_t& word) noexcept { return __atomic_load_n(&word, __ATOMIC_RELAXED); }
  /// Writes such a value.
  static void write(std::uint32_t& word, std::uint32_t value) noexcept {
    __atomic_store_n(&word, value, __ATOMIC_RELAXED);
  }
};

/// Nobody waits: a device of another owner is `busy` at once.
///
/// A policy that waits, as ThreadWaiting of hosted/threads.hpp, has `waits = true` and two functions:
///
///     template <class Deadline> static bool wait(const std::uintptr_t& word, std::uintptr_t seen, Deadline deadline);
///     static void wake(const std::uintptr_t& word);
///
/// wait() returns true when the word is not `seen` any more, or may not be, and false at the deadline. wake() lets all
/// return that wait for this word; the device may be gone then, and the word is a name only.
struct NoWaiting {
  static constexpr bool waits = false;  ///< enter_until() and reset_until() do not compile
};

/// The ownership policy of a device that several owners may reset, one at a time.
///
/// The device says who calls: it has `const Owner* reset_owner() noexcept` (of the calling thread, or the one that its
/// handle carries), or ResetTraits have owner(). An owner that is nullptr or not aligned is refused as `invalid`,
/// another one than the present owner as `busy`; nothing has changed then.
template <class Waiting = NoWaiting, class Atomics = BuiltinAtomics>
class ManyOwners {
 public:
  /// depth(), in_reset(), quarantined() and unfenced() of the state may be asked by anybody at any time.
  static constexpr bool publishes = true;

  /// One compare-and-swap for the outermost, a load for a nested one.
  template <class Device>
  Errc enter(Device& device) noexcept {
    const std::uintptr_t me = word_of(ResetTraits<Device>::owner(device));
    if (me == 0) return Errc::invalid;
    const std::uintptr_t seen = Atomics::acquire(word_);
    if ((seen & ~waiting_bit) == me) return Errc{};
    return seen == 0 && Atomics::replace(word_, 0, me) ? Errc{} : Errc::busy;
  }
  /// Whether the caller is the present owner.
  template <class Device>
  bool holds(Device& device) const noexcept {
    const std::uintptr_t me = word_of(ResetTraits<Device>::owner(device));
    return me != 0 && (Atomics::acquire(word_) & ~waiting_bit) == me;
  }
  /// Gives the device back, and wakes those who wait for it.
  template <class Device>
  void leave(Device&) noexcept {
    give_to(0);
  }
  /// Makes another owner the present one. Those who wait go on waiting, but for that owner: its enter_until() nests.
  /// Requires: the caller is the present owner.
  template <class To>
  Errc hand_over(const To* to) noexcept {
    static_assert(std::is_same_v<To, Owner>, "reset_guard: hand_over() needs an Owner");
    const std::uintptr_t next = word_of(to);
    if (next == 0) return Errc::invalid;
    give_to(next);
    return Errc{};
  }
  /// Waits until enter() has let the caller in.
  /// Returns: Errc{}, or timed_out at the deadline, or invalid.
  template <class Device, class Deadline>
  Errc enter_until(Device& device, Deadline deadline) noexcept {
    static_assert(Waiting::waits, "reset_guard: this device's ManyOwners has NoWaiting: give it a Waiting that waits");
    const std::uintptr_t me = word_of(ResetTraits<Device>::owner(device));
    while (true) {
      const Errc refused = enter(device);
      if (refused != Errc::busy) return refused;
      const std::uintptr_t seen = Atomics::acquire(word_);
      if (seen == 0 || (seen & ~waiting_bit) == me) continue;  // free, or handed over to the caller
      const std::uintptr_t awaited = seen | waiting_bit;
      if (seen != awaited && !Atomics::replace(word_, seen, awaited)) continue;
      if (!Waiting::wait(word_, awaited, deadline)) return Errc::timed_out;
    }
  }

  /// What others may ask for has changed.
  constexpr void publish(bool is_in_reset, unsigned is_depth, bool is_quarantined, bool is_unfenced) noexcept {
    const std::uint32_t all = (is_in_reset ? in_reset_bit : 0) | (is_quarantined ? quarantined_bit : 0) |
                              (is_unfenced ? unfenced_bit : 0) | is_depth;
    Atomics::write(published_, all);
  }
  unsigned depth() const noexcept { return published() & depth_mask; }                ///< as the state's, published
  bool in_reset() const noexcept { return (published() & in_reset_bit) != 0; }        ///< as the state's, published
  bool quarantined() const noexcept { return (published() & quarantined_bit) != 0; }  ///< as the state's, published
  bool unfenced() const noexcept { return (published() & unfenced_bit) != 0; }        ///< as the state's, published

 private:
  static constexpr std::uintptr_t waiting_bit = 1;
  static constexpr std::uint32_t depth_mask = 0xff, in_reset_bit = 0x100, quarantined_bit = 0x200, unfenced_bit = 0x400;
  static_assert(alignof(Owner) > waiting_bit, "the lowest bit of an owner's address is for those who wait");

  // To an owner, or to nobody. Those who wait look again, and say anew that they wait: one may be that owner.
  void give_to(std::uintptr_t next) noexcept {
    if constexpr (Waiting::waits) {
      if ((Atomics::exchange(word_, next) & waiting_bit) != 0) RESET_GUARD_UNLIKELY
        wake();
    } else {
      Atomics::release(word_, next);
    }
  }
  [[gnu::noinline, gnu::cold]] void wake() const noexcept { Waiting::wake(word_); }
  // 0: it is no owner.
  static std::uintptr_t word_of(const Owner* owner) noexcept {
    const auto word = reinterpret_cast<std::uintptr_t>(owner);
    return word % alignof(Owner) == 0 ? word : 0;
  }
  std::uint32_t published() const noexcept { return Atomics::read(published_); }

  std::uintptr_t word_ = 0;  // the owner, and whether somebody waits
  std::uint32_t published_ = 0;
};

/// The state of a device that several owners may reset, one at a time. 48 bytes where a pointer has 8.
/// Its epoch() and quarantine_reason() are for the owner, and for others while nobody resets the device.
template <class Waiting = NoWaiting>
using SharedResetState = BasicResetState<ManyOwners<Waiting>>;

static_assert(sizeof(void*) != 8 || sizeof(SharedResetState<>) == 48);

/// OwnedScope::enter() that waits for its turn.
/// Requires: the device's ManyOwners has a Waiting; the deadline is of the kind that it knows.
/// Returns: the scope.
/// Errors: timed_out, from "enter_until", at the deadline: no hook was called; those of OwnedScope::enter().
template <class Device, class Deadline>
RESET_GUARD_MUST_USE Result<OwnedScope<Device>> enter_until(Device& device, Deadline deadline) noexcept {
  detail::check_device<Device>();
  const Errc refused = detail::ownership_of(device).enter_until(device, deadline);
  if (refused != Errc{}) return Error(refused, 0, "enter_until");
  return OwnedScope<Device>::enter(device);
}

/// reset() that waits for its turn: reset_until(nic, deadline, handler).
/// Requires: what enter_until() requires.
/// Returns: what reset() returns.
/// Errors: timed_out, from "reset_until", at the deadline: no hook was called; those of reset().
template <class Device, class Deadline, class Handler>
RESET_GUARD_MUST_USE auto reset_until(Device& device, Deadline deadline, Handler&& handler)
    -> decltype(reset(device, static_cast<Handler&&>(handler))) {
  detail::check_device<Device>();
  const Errc refused = detail::ownership_of(device).enter_until(device, deadline);
  if (refused != Errc{}) return Error(refused, 0, "reset_until");
  return reset(device, static_cast<Handler&&>(handler));
}

}  // namespace reset_guard
