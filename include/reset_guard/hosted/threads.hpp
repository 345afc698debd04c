/// this_thread_owner(): each thread is an owner. ThreadWaiting: threads that wait for their turn, with a deadline.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>

#include "../owner.hpp"

namespace reset_guard {

/// The calling thread, as an owner: for a device's reset_owner().
/// Returns: always the same address in one thread, while the thread lives.
inline const Owner* this_thread_owner() noexcept {
  static thread_local const Owner owner;
  return &owner;
}

/// The waiting of ManyOwners by std::condition_variable: `SharedResetState<ThreadWaiting> reset_state;`. The deadline
/// is a std::chrono::time_point.
///
/// Requires: a device lives while a thread waits for it.
struct ThreadWaiting {
  static constexpr bool waits = true;  ///< enter_until() and reset_until() wait

  /// See NoWaiting.
  template <class Clock, class Duration>
  static bool wait(const std::uintptr_t& word, std::uintptr_t seen, std::chrono::time_point<Clock, Duration> deadline) {
    Place& place = place_of(word);
    std::unique_lock<std::mutex> lock(place.mutex);
    while (BuiltinAtomics::acquire(word) == seen) {
      if (place.woken.wait_until(lock, deadline) == std::cv_status::timeout) {
        return BuiltinAtomics::acquire(word) != seen;
      }
    }
    return true;
  }
  /// See NoWaiting.
  static void wake(const std::uintptr_t& word) {
    Place& place = place_of(word);
    // A thread that has seen the old value holds the lock until it sleeps.
    {
      const std::lock_guard<std::mutex> lock(place.mutex);
    }
    place.woken.notify_all();
  }

 private:
  // Devices share a few places: a thread that is woken for another device looks at its word, and sleeps again.
  struct Place {
    std::mutex mutex;
    std::condition_variable woken;
  };
  static Place& place_of(const std::uintptr_t& word) noexcept {
    static Place places[32];
    return places[(reinterpret_cast<std::uintptr_t>(&word) >> 5) % 32];
  }
};

}  // namespace reset_guard
