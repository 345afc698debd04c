/// Waiting for the device, with a deadline, on the device's own clock: poll_until().
#pragma once

#include <concepts>

#include "move.hpp"
#include "result.hpp"

namespace reset_guard {

/// How long and how often. Duration: whatever the clock counts in (std::chrono::microseconds, an integer of ticks).
template <class Duration>
struct PollTimes {
  Duration timeout;                      ///< from the call on
  Duration interval;                     ///< between two looks; must be positive
  Duration longest_interval = interval;  ///< the interval doubles until it is this long
};

/// `PollTimes{timeout, interval}` needs no template argument.
template <class Duration>
PollTimes(Duration, Duration) -> PollTimes<Duration>;
/// Nor does `PollTimes{timeout, interval, longest_interval}`.
template <class Duration>
PollTimes(Duration, Duration, Duration) -> PollTimes<Duration>;

/// A clock, often the device itself: `clock.now()` tells the time as a Duration since any fixed point, and
/// `clock.sleep(duration)` lets it pass. It must not go backwards.
template <class Clock, class Duration>
concept PollClock = requires(Clock& clock, Duration duration) {
  { clock.now() } -> std::convertible_to<Duration>;
  clock.sleep(duration);
};

/// Looks, sleeps and looks again until `ready` says so.
/// Requires: `ready()` returns bool, or `Result<bool>` when the look itself can fail; `step` lives for ever.
/// Effects: looks at once, then after each interval, and once more at the deadline: a device that answered during the
/// last sleep is not called late.
/// Errors: timed_out (with `step` as its step); the error of a look that fails, at once.
template <class Clock, class Duration, class Ready>
  requires PollClock<Clock, Duration>
RESET_GUARD_MUST_USE constexpr Status poll_until(Clock& clock, PollTimes<Duration> times, const char* step,
                                                 Ready ready) {
  static_assert(std::same_as<decltype(ready()), bool> || std::same_as<decltype(ready()), Result<bool>>,
                "reset_guard: poll_until needs a condition that returns bool or Result<bool>");
  const Duration start = clock.now();
  Duration interval = times.interval;
  while (true) {
    const Duration elapsed = clock.now() - start;  // before the look: a look at or after the deadline is the last
    if constexpr (std::same_as<decltype(ready()), bool>) {
      if (ready()) return ok();
    } else if constexpr (std::same_as<decltype(ready()), Result<bool>>) {
      auto look = ready();
      if (look.failed()) return RESET_GUARD_MOVE(look).error();
      if (RESET_GUARD_MOVE(look).take()) return ok();
    } else {
      return ok();  // does not compile: see above
    }
    if (!(elapsed < times.timeout)) return Error(Errc::timed_out, 0, step);
    const Duration left = times.timeout - elapsed;
    clock.sleep(interval < left ? interval : left);
    if (interval < times.longest_interval) {
      const Duration doubled = interval + interval;
      interval = doubled < times.longest_interval ? doubled : times.longest_interval;
    }
  }
}

}  // namespace reset_guard
