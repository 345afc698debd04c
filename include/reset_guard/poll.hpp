/// Waiting for the device, with a deadline, on the device's own clock: poll_until().
#pragma once

#include <type_traits>

#include "error.hpp"
#include "move.hpp"
#include "result.hpp"
#include "scope.hpp"

namespace reset_guard {

/// How long and how often. Duration: a std::chrono::duration, or an integer of the clock's ticks.
template <class Duration>
struct PollTimes {
  Duration timeout;                      ///< from the call on
  Duration interval;                     ///< between two looks; must be positive
  Duration longest_interval = interval;  ///< the interval doubles until it is this long
};

/// `PollTimes{timeout, interval}` needs no template argument, and the two may have different units.
template <class Timeout, class Interval>
PollTimes(Timeout, Interval) -> PollTimes<std::common_type_t<Timeout, Interval>>;
/// Nor does `PollTimes{timeout, interval, longest_interval}`.
template <class Timeout, class Interval, class Longest>
PollTimes(Timeout, Interval, Longest) -> PollTimes<std::common_type_t<Timeout, Interval, Longest>>;

namespace detail {

// The units that a clock counts in.
template <class Clock, class = void>
struct Ticks {
  using type = void;
};
template <class Clock>
struct Ticks<Clock, std::void_t<decltype(made<Clock&>().now() - made<Clock&>().now())>> {
  using type = decltype(made<Clock&>().now() - made<Clock&>().now());
};
template <class Clock>
using ticks_of = typename Ticks<Clock>::type;

template <class Clock, class Duration, class = void>
inline constexpr bool is_poll_clock = false;
template <class Clock, class Duration>
inline constexpr bool is_poll_clock<Clock, Duration,
                                    std::void_t<std::common_type_t<Duration, ticks_of<Clock>>,
                                                decltype(made<Clock&>().sleep(made<ticks_of<Clock>>()))>> = true;

// A clock with coarser units sleeps for the next longer time that it can count.
template <class Ticks, class Duration>
RESET_GUARD_CONSTEXPR Ticks in_ticks(Duration duration) noexcept {
  if constexpr (std::is_convertible_v<Duration, Ticks>) {
    return duration;
  } else {
    const Ticks tick{1};
    Ticks ticks = tick * (duration / tick);
    if (ticks < duration) ticks += tick;
    return ticks;
  }
}

template <class Clock, class Duration, class Ready>
RESET_GUARD_MUST_USE RESET_GUARD_CONSTEXPR Status poll(Clock& clock, PollTimes<Duration> given, Literal where,
                                                       Ready& ready) {
  static_assert(is_poll_clock<Clock, Duration>,
                "reset_guard: poll_until needs a clock with now() and sleep(), which counts in the kind of its times");
  using Answer = decltype(ready());
  static_assert(std::is_same_v<Answer, bool> || std::is_same_v<Answer, Result<bool>>,
                "reset_guard: poll_until needs a condition that returns bool or Result<bool>");
  if constexpr (is_poll_clock<Clock, Duration>) {
    using Ticks = ticks_of<Clock>;
    using Time = std::common_type_t<Duration, Ticks>;
    const PollTimes<Time> times{static_cast<Time>(given.timeout), static_cast<Time>(given.interval),
                                static_cast<Time>(given.longest_interval)};
    const auto start = clock.now();
    Time interval = times.interval;
    while (true) {
      const Time elapsed = clock.now() - start;  // before the look: a look at or after the deadline is the last
      if constexpr (std::is_same_v<Answer, bool>) {
        if (ready()) return ok();
      } else if constexpr (std::is_same_v<Answer, Result<bool>>) {
        auto look = ready();
        if (look.failed()) return RESET_GUARD_MOVE(look).error();
        if (RESET_GUARD_MOVE(look).take()) return ok();
      } else {
        return ok();  // does not compile: see above
      }
      if (!(elapsed < times.timeout)) return Error(Errc::timed_out, 0, where);
      const Time left = times.timeout - elapsed;
      clock.sleep(in_ticks<Ticks>(interval < left ? interval : left));
      if (interval < times.longest_interval) {
        interval = interval < times.longest_interval - interval ? interval + interval : times.longest_interval;
      }
    }
  }
  return ok();
}

}  // namespace detail

/// Looks, sleeps and looks again until `ready` says so: poll_until(nic, {15s, 20ms}, "firmware", [&] { ... }).
/// Requires: `clock`, often the device itself, tells the time by `now()`, lets it pass by `sleep(duration)`, and does
/// not go backwards. The times have any units that have a common type with the clock's. `ready()` returns bool, or
/// `Result<bool>` when the look itself can fail.
/// Effects: looks at once, then after each interval, and once more at the deadline: a device that answered during the
/// last sleep is not called late.
/// Errors: timed_out, from `where`; the error of a look that fails, at once.
template <class Clock, class Duration, class Ready,
          std::enable_if_t<!detail::is_scope<Clock> && !std::is_same_v<Duration, detail::ticks_of<Clock>>, int> = 0>
RESET_GUARD_MUST_USE RESET_GUARD_CONSTEXPR Status poll_until(Clock& clock, PollTimes<Duration> times, Literal where,
                                                             Ready ready) {
  return detail::poll(clock, times, where, ready);
}
/// The same with times in the clock's own units, to which those in braces are converted.
/// Errors: the same.
template <class Clock, class Ready, std::enable_if_t<!detail::is_scope<Clock>, int> = 0>
RESET_GUARD_MUST_USE RESET_GUARD_CONSTEXPR Status poll_until(Clock& clock, PollTimes<detail::ticks_of<Clock>> times,
                                                             Literal where, Ready ready) {
  return detail::poll(clock, times, where, ready);
}

/// The same in a scope of a device that is its own clock, for a wait whose failure must not be forgotten.
/// Effects: records the error, as a failure of no step: the scope does not end as verified unless a step passes that
/// hands it up and is tried again, or overrule() names it.
/// Returns: a success, or the error as it was recorded.
template <class Device, class Duration, class Ready,
          std::enable_if_t<!std::is_same_v<Duration, detail::ticks_of<Device>>, int> = 0>
RESET_GUARD_MUST_USE Status poll_until(ResetScope<Device>& scope, PollTimes<Duration> times, Literal where,
                                       Ready ready) {
  return detail::StepAccess::or_record(scope, detail::poll(scope.device(), times, where, ready));
}
/// The same with times in the clock's own units.
/// Returns: the same.
template <class Device, class Ready>
RESET_GUARD_MUST_USE Status poll_until(ResetScope<Device>& scope, PollTimes<detail::ticks_of<Device>> times,
                                       Literal where, Ready ready) {
  return detail::StepAccess::or_record(scope, detail::poll(scope.device(), times, where, ready));
}

}  // namespace reset_guard
