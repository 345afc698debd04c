// HOLE 16: a condition that answers with a status, an int or nothing, where poll_until wants to know whether it is so
// EXPECT all: A A A
// MESSAGE A: reset_guard: poll_until needs a condition that returns bool or Result<bool>
#include "device.hpp"

struct Clock {
  int time = 0;
  int now() const { return time; }
  void sleep(int duration) { time += duration; }
};

rg::Status status(Device& device) {
  Clock clock;
  return rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [&] { return attempt(device); });  // BAD status
  // GOOD: return rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [&] { return !device.blocked; });
}

rg::Status number(Device& device) {
  Clock clock;
  return rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [&] { return device.blocked ? -5 : 0; });  // BAD
  // GOOD: return rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [&] { return !device.blocked; });
}

rg::Status nothing(Device& device) {
  Clock clock;
  return rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [&] { device.blocked = false; });  // BAD
  // GOOD: return rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [&] { return !device.blocked; });
}
