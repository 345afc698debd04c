// poll_until on a clock that only moves when it is slept on.
#include "fixtures.hpp"

#include <chrono>

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
  CHECK(code_of(rg::poll_until(clock, rg::PollTimes{30, 10}, "wait",
                               ReadyAt{clock, 5000, looks})) == Errc::timed_out);
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
