/// SteadyClock: the clock that poll_until() needs, from the standard library.
#pragma once

#include <chrono>
#include <thread>

namespace reset_guard {

/// now() and sleep() by std::chrono::steady_clock and std::this_thread::sleep_for(). A device derives from it
/// (`struct Nic : SteadyClock`), or an object of it is what poll_until() is given.
struct SteadyClock {
  /// The time, which does not go backwards.
  static std::chrono::steady_clock::time_point now() noexcept { return std::chrono::steady_clock::now(); }
  /// Blocks the thread for at least so long.
  static void sleep(std::chrono::steady_clock::duration duration) { std::this_thread::sleep_for(duration); }
};

}  // namespace reset_guard
