// RULE: Give the clock of `poll_until()` the functions `now()` and `sleep(duration)`.
// WHY: The core has no clock: a kernel, a simulation and a test each have a different one.
// ENFORCED: by types
// MESSAGE: reset_guard: poll_until needs a clock with now() and sleep(), which counts in the kind of its times
#include "device.hpp"

struct Clock {
  int time = 0;
#ifdef GOOD
  int now() const { return time; }
  void sleep(int ticks) { time += ticks; }
#else
  int now() { return ++time; }
#endif
};

int main() {
  Nic nic;
  Clock clock;
  const auto ready = [&] { return nic.firmware_answers; };
  return exit_status(rg::poll_until(clock, rg::PollTimes{100, 10}, "firmware", ready));
}
