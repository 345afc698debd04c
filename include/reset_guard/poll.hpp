/// Waiting for the device, with a deadline, on the device's own clock: poll_until().
#pragma once

#include <type_traits>

#include "error.hpp"
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

namespace detail {

template <class Clock, class Duration, class = void>
inline constexpr bool is_poll_clock = false;
template <class Clock, class Duration>
inline constexpr bool
    is_poll_clock<Clock, Duration, std::void_t<decltype(made<Clock&>().sleep(made<Duration>())), decltype(made<Clock&>().now())>> =
        std::is_convertible_v<decltype(made<Clock&>().now()), Duration>;

}  // namespace detail

/// Looks, sleeps and looks again until `ready` says so.
/// Requires: `clock`, often the device itself, tells the time by `now()`, as a Duration since any fixed point, lets it
/// pass by `sleep(duration)`, and does not go backwards. `ready()` returns bool, or `Result<bool>` when the look itself
/// can fail.
/// Effects: looks at once, then after each interval, and once more at the deadline: a device that answered during the
/// last sleep is not called late.
/// Errors: timed_out, from `where`; the error of a look that fails, at once.
template <class Clock, class Duration, class Ready>
RESET_GUARD_MUST_USE RESET_GUARD_CONSTEXPR Status poll_until(Clock& clock, PollTimes<Duration> times, Literal where, Ready ready) {
  static_assert(detail::is_poll_clock<Clock, Duration>,
                "reset_guard: poll_until needs a clock with now() and sleep(), in the units of its times");
  static_assert(std::is_same_v<decltype(ready()), bool> || std::is_same_v<decltype(ready()), Result<bool>>,
                "reset_guard: poll_until needs a condition that returns bool or Result<bool>");
  const Duration start = clock.now();
  Duration interval = times.interval;
  while (true) {
    const Duration elapsed = clock.now() - start;  // before the look: a look at or after the deadline is the last
    if constexpr (std::is_same_v<decltype(ready()), bool>) {
      if (ready()) return ok();
    } else if constexpr (std::is_same_v<decltype(ready()), Result<bool>>) {
      auto look = ready();
      if (look.failed()) return RESET_GUARD_MOVE(look).error();
      if (RESET_GUARD_MOVE(look).take()) return ok();
    } else {
      return ok();  // does not compile: see above
    }
    if (!(elapsed < times.timeout)) return Error(Errc::timed_out, 0, where);
    const Duration left = times.timeout - elapsed;
    clock.sleep(interval < left ? interval : left);
    if (interval < times.longest_interval) {
      const Duration doubled = interval + interval;
      interval = doubled < times.longest_interval ? doubled : times.longest_interval;
    }
  }
}

}  // namespace reset_guard
