// Polling, and a condition that can itself fail.
#include "device.hpp"

struct Clock {
  int time = 0;
  int now() const { return time; }
  void sleep(int duration) { time += duration; }
};

rg::Status act(Device& device, Clock& clock) {
  RESET_GUARD_CHECK(rg::poll_until(clock, rg::PollTimes{100, 1, 8}, "idle", [&] { return !device.blocked; }));
  return rg::poll_until(clock, rg::PollTimes{100, 1}, "ready", [&]() -> rg::Result<bool> {
    RESET_GUARD_CHECK(attempt(device));
    return !device.blocked;
  });
}
