// poll_until on a clock that only moves when it is slept on.
#include "failures.hpp"

#include <chrono>
#include <limits>

using namespace core_test;

namespace {

template <class Duration>
struct FakeClock {
  Duration time{1000};
  std::vector<Duration> sleeps;
  Duration overshoot{};

  Duration now() const { return time; }
  void sleep(Duration duration) {
    sleeps.push_back(duration);
    time += duration + overshoot;
  }
};
using Ticks = FakeClock<int>;

// Ready when the clock has reached `when`; counts the looks.
struct ReadyAt {
  Ticks& clock;
  int when;
  int& looks;
  bool operator()() const {
    ++looks;
    return clock.time >= when;
  }
};

}  // namespace

TEST_CASE("poll_until: ready at once needs one look and no sleep") {
  Ticks clock;
  int looks = 0;
  CHECK(code_of(rg::poll_until(clock, rg::PollTimes{100, 10}, "wait", ReadyAt{clock, 1000, looks})) == Errc{});
  CHECK(looks == 1);
  CHECK(clock.sleeps.empty());
}

TEST_CASE("poll_until: a timeout of 0 looks once") {
  Ticks clock;
  int looks = 0;
  CHECK(code_of(rg::poll_until(clock, rg::PollTimes{0, 10}, "wait", ReadyAt{clock, 5000, looks})) == Errc::timed_out);
  CHECK(looks == 1);
  CHECK(clock.sleeps.empty());
}

TEST_CASE("poll_until: looks after each interval") {
  Ticks clock;
  int looks = 0;
  CHECK(code_of(rg::poll_until(clock, rg::PollTimes{100, 10}, "wait", ReadyAt{clock, 1025, looks})) == Errc{});
  CHECK(clock.sleeps == std::vector<int>{10, 10, 10});
  CHECK(looks == 4);
}

TEST_CASE("poll_until: a device that is ready at the deadline is not late") {
  Ticks clock;
  int looks = 0;
  CHECK(code_of(rg::poll_until(clock, rg::PollTimes{100, 10}, "wait", ReadyAt{clock, 1100, looks})) == Errc{});
}

TEST_CASE("poll_until: a device that is ready after the deadline is timed out, with the step's name") {
  Ticks clock;
  int looks = 0;
  const Error error = error_in(rg::poll_until(clock, rg::PollTimes{100, 10}, "wait", ReadyAt{clock, 1101, looks}));
  CHECK(error.code() == Errc::timed_out);
  CHECK(std::string(error.where()) == "wait");
  CHECK(clock.time == 1100);
  CHECK(looks == 11);
}

TEST_CASE("poll_until: the last sleep ends at the deadline, and one more look follows") {
  Ticks clock;
  int looks = 0;
  CHECK(code_of(rg::poll_until(clock, rg::PollTimes{25, 10}, "wait", ReadyAt{clock, 1025, looks})) == Errc{});
  CHECK(clock.sleeps == std::vector<int>{10, 10, 5});
}

TEST_CASE("poll_until: an interval longer than the timeout sleeps no longer than the timeout") {
  Ticks clock;
  int looks = 0;
  CHECK(code_of(rg::poll_until(clock, rg::PollTimes{7, 1000}, "wait", ReadyAt{clock, 1007, looks})) == Errc{});
  CHECK(clock.sleeps == std::vector<int>{7});
}

TEST_CASE("poll_until: a sleep that lasts too long is followed by one more look") {
  Ticks clock;
  clock.overshoot = 500;
  int looks = 0;
  CHECK(code_of(rg::poll_until(clock, rg::PollTimes{100, 10}, "wait", ReadyAt{clock, 1400, looks})) == Errc{});
  CHECK(looks == 2);
}

TEST_CASE("poll_until: a look that takes long past the deadline is followed by one more look") {
  Ticks clock;
  int looks = 0;
  const auto slow = [&] {
    clock.time += 200;
    return ++looks == 2;
  };
  CHECK(code_of(rg::poll_until(clock, rg::PollTimes{100, 10}, "wait", slow)) == Errc{});
  CHECK(looks == 2);
}

TEST_CASE("poll_until: the interval doubles up to the longest one") {
  Ticks clock;
  int looks = 0;
  CHECK(code_of(rg::poll_until(clock, rg::PollTimes{100, 5, 30}, "wait", ReadyAt{clock, 1095, looks})) == Errc{});
  CHECK(clock.sleeps == std::vector<int>{5, 10, 20, 30, 30});
}

TEST_CASE("poll_until: without a longest interval it stays the same") {
  Ticks clock;
  int looks = 0;
  CHECK(code_of(rg::poll_until(clock, rg::PollTimes{30, 10}, "wait", ReadyAt{clock, 5000, looks})) == Errc::timed_out);
  CHECK(clock.sleeps == std::vector<int>{10, 10, 10});
}

TEST_CASE("poll_until: a look that fails ends the wait with its own error, at once") {
  Ticks clock;
  int looks = 0;
  const auto look = [&]() -> rg::Result<bool> {
    if (++looks == 3) return Error(Errc::gone, -19, "read");
    return false;
  };
  CHECK(error_in(rg::poll_until(clock, rg::PollTimes{100, 10}, "wait", look)).native() == -19);
  CHECK(looks == 3);
}

TEST_CASE("poll_until: a look that can fail may also succeed") {
  Ticks clock;
  const auto look = [&]() -> rg::Result<bool> { return clock.time >= 1020; };
  CHECK(code_of(rg::poll_until(clock, rg::PollTimes{100, 10}, "wait", look)) == Errc{});
  CHECK(clock.time == 1020);
}

TEST_CASE("poll_until counts in std::chrono's durations too") {
  using namespace std::chrono_literals;
  FakeClock<std::chrono::microseconds> clock;
  const auto ready = [&] { return clock.time >= 16ms; };
  const rg::PollTimes<std::chrono::microseconds> times{20ms, 10ms};
  CHECK(code_of(rg::poll_until(clock, times, "wait", ready)) == Errc{});
  CHECK(clock.time == 21ms);
  CHECK(code_of(rg::poll_until(clock, times, "wait", [] { return false; })) == Errc::timed_out);
}

// --- units ---

namespace {

using namespace std::chrono_literals;
using Micros = FakeClock<std::chrono::microseconds>;

// As the clocks of the standard library: the times are points.
struct PointClock {
  std::chrono::steady_clock::time_point time{};
  std::vector<std::chrono::nanoseconds> sleeps{};

  std::chrono::steady_clock::time_point now() const { return time; }
  void sleep(std::chrono::steady_clock::duration duration) {
    sleeps.push_back(duration);
    time += duration;
  }
};

// Waits until the times are over, and says what was slept.
template <class Clock, class Times>
auto slept(Clock& clock, Times times) {
  CHECK(code_of(rg::poll_until(clock, times, "wait", [] { return false; })) == Errc::timed_out);
  return clock.sleeps;
}

}  // namespace

TEST_CASE("poll_until: times in braces are converted to the clock's units") {
  Micros clock;
  CHECK(code_of(rg::poll_until(clock, {2s, 500ms}, "wait", [&] { return clock.time >= 1s; })) == Errc{});
  CHECK(clock.sleeps == std::vector<std::chrono::microseconds>{500ms, 500ms});
}

TEST_CASE("poll_until: seconds and milliseconds wait for a clock that counts in microseconds") {
  Micros clock;
  CHECK(slept(clock, rg::PollTimes{1s, 400ms}) == std::vector<std::chrono::microseconds>{400ms, 400ms, 200ms});
}

TEST_CASE("poll_until: three times in three units") {
  Micros clock;
  CHECK(slept(clock, rg::PollTimes{1s, 100ms, 400000us}) ==
        std::vector<std::chrono::microseconds>{100ms, 200ms, 400ms, 300ms});
}

TEST_CASE("poll_until: a clock with coarser units sleeps for the next longer time that it counts") {
  FakeClock<std::chrono::seconds> clock;
  CHECK(slept(clock, rg::PollTimes{2500ms, 1200ms}) == std::vector<std::chrono::seconds>{2s, 1s});
}

TEST_CASE("poll_until: a clock with coarser units does not sleep longer for a time that it counts exactly") {
  FakeClock<std::chrono::seconds> clock;
  CHECK(slept(clock, rg::PollTimes{2000ms, 1000ms}) == std::vector<std::chrono::seconds>{1s, 1s});
}

TEST_CASE("poll_until: integers are the ticks of a clock that counts in integers, of whatever size") {
  FakeClock<std::uint64_t> clock;
  CHECK(slept(clock, rg::PollTimes{25, 10}) == std::vector<std::uint64_t>{10, 10, 5});
  FakeClock<std::uint64_t> braces;
  CHECK(code_of(rg::poll_until(braces, {25, 10}, "wait", [] { return false; })) == Errc::timed_out);
  CHECK(braces.sleeps == std::vector<std::uint64_t>{10, 10, 5});
}

TEST_CASE("poll_until: a clock may tell its time in points, and sleep for durations") {
  PointClock clock;
  CHECK(slept(clock, rg::PollTimes{25ms, 10ms}) == std::vector<std::chrono::nanoseconds>{10ms, 10ms, 5ms});
  CHECK(code_of(rg::poll_until(clock, {1s, 10ms}, "wait", [] { return true; })) == Errc{});
}

TEST_CASE("poll_until: the longest timeout and interval that there are do not overflow") {
  constexpr int most = std::numeric_limits<int>::max();
  Ticks clock;
  clock.time = 0;
  int total = 0;
  for (int duration : slept(clock, rg::PollTimes{most, 1, most})) {
    REQUIRE(duration > 0);
    REQUIRE(duration <= most - total);
    total += duration;
  }
  CHECK(total == most);
}

TEST_CASE("poll_until: an interval that the longest one is no multiple of ends at the longest one") {
  Ticks clock;
  CHECK(slept(clock, rg::PollTimes{100, 20, 30}) == std::vector<int>{20, 30, 30, 20});
}

// --- in a scope ---

namespace {

struct Waiting : Device {
  int time = 0;
  int ready_at = 1000;
  bool gone = false;

  int now() const { return time; }
  void sleep(int duration) { time += duration; }
  rg::Result<bool> is_ready() const {
    if (gone) return Error(Errc::gone, -19, "read");
    return time >= ready_at;
  }
};
using WaitingScope = rg::ResetScope<Waiting>;

rg::Status wait_for(WaitingScope& scope) {
  return rg::poll_until(scope, {100, 10}, "firmware", [&] { return scope.device().is_ready(); });
}

struct WaitingReset : rg::ResetStep<WaitingReset> {
  using Witness = Satisfied;
  static rg::Verdict<WaitingReset> in(WaitingScope& scope) { return pass_if(scope, rg::ok(), Witness()); }
};
struct Firmware : rg::Step<Firmware> {
  static rg::Status act(WaitingScope& scope) { return wait_for(scope); }
};

template <class Inside>
Ending waiting_reset(Waiting& device, Inside inside) {
  auto verdict = rg::reset(device, [&](WaitingScope& scope) -> rg::Verdict<WaitingReset> {
    inside(scope);
    return WaitingReset::in(scope);
  });
  if (verdict.failed()) return {std::move(verdict).error()};
  std::move(verdict).discard("nothing failed");
  return {};
}

}  // namespace

TEST_CASE("poll_until: in a scope a timeout that is thrown away is not forgotten") {
  Waiting device;
  const Ending ending = waiting_reset(device, [](WaitingScope& scope) { drop(wait_for(scope)); });
  CHECK(ending.code() == Errc::unresolved_failure);
  CHECK(ending.cause() == Errc::timed_out);
  CHECK(ending.where() == "firmware");
  CHECK(device.log == Log{"prepare", "done(failed)"});
}

TEST_CASE("poll_until: in a scope the error of a look is not forgotten either") {
  Waiting device;
  device.gone = true;
  const Ending ending = waiting_reset(device, [](WaitingScope& scope) { drop(wait_for(scope)); });
  CHECK(ending.cause() == Errc::gone);
  CHECK(ending.native() == -19);
}

TEST_CASE("poll_until: in a scope a device that is ready in time leaves no failure") {
  Waiting device;
  device.ready_at = 30;
  CHECK(waiting_reset(device, [](WaitingScope& scope) { CHECK(code_of(wait_for(scope)) == Errc{}); }).code() == Errc{});
}

TEST_CASE("poll_until: in a scope a timeout is no step's: waiting again resolves nothing") {
  Waiting device;
  CHECK(waiting_reset(device, [](WaitingScope& scope) {
          drop(wait_for(scope));
          scope.device().ready_at = 0;
          drop(wait_for(scope));
        }).code() == Errc::unresolved_failure);
}

TEST_CASE("poll_until: in a scope a timeout can be overruled by its error") {
  Waiting device;
  CHECK(waiting_reset(device, [](WaitingScope& scope) {
          CHECK(code_of(scope.overrule(error_in(wait_for(scope)))) == Errc{});
        }).code() == Errc{});
}

TEST_CASE("poll_until: a timeout in a step's own scope is the step's failure, which a retry of the step resolves") {
  Waiting device;
  CHECK(waiting_reset(device, [](WaitingScope& scope) {
          drop(Firmware::run(scope));
          scope.device().ready_at = 0;
          drop(Firmware::run(scope));
        }).code() == Errc{});
}

namespace {

struct Chrono : Device {
  std::chrono::microseconds time{};
  std::chrono::microseconds now() const { return time; }
  void sleep(std::chrono::microseconds duration) { time += duration; }
};
struct Quiet : rg::ResetStep<Quiet> {
  static rg::Status act(rg::ResetScope<Chrono>& scope) {
    const auto after = [&](std::chrono::milliseconds time) {
      return [&scope, time] { return scope.device().time > time; };
    };
    RESET_GUARD_CHECK(rg::poll_until(scope, rg::PollTimes{15s, 20ms}, "quiet", after(50ms)));
    return rg::poll_until(scope, {15s, 20ms}, "quiet", after(90ms));
  }
  using Witness = Satisfied;
};

}  // namespace

TEST_CASE("poll_until: times in a scope have any units, too") {
  Chrono device;
  CHECK(code_of(Quiet::run(device)) == Errc{});
  CHECK(device.time == 100ms);
}

#if __cplusplus >= 202002L
namespace {

struct ConstexprClock {
  int time = 0;
  constexpr int now() const { return time; }
  constexpr void sleep(int duration) { time += duration; }
};

constexpr int waited() {
  ConstexprClock clock;
  auto status = rg::poll_until(clock, rg::PollTimes<int>{100, 10}, "wait", [&] { return clock.time >= 35; });
  const bool failed = status.failed();
  std::move(status).discard("only asked");
  return failed ? -1 : clock.time;
}

}  // namespace

TEST_CASE("poll_until works while the program is compiled") { STATIC_REQUIRE(waited() == 40); }
#endif
