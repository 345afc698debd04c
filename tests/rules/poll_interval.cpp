// RULE: Give `poll_until()` a positive interval.
// WHY: With an interval of 0 it looks again at once, without end if the clock only advances in a sleep. The example
//   gives up at the 1000th look.
// ENFORCED: by nobody
// LIMIT: An interval of 0 is right if the condition itself waits.
// PRINTS: 1000 looks in 0 ticks
// GOOD PRINTS: 4 looks in 30 ticks
#include "device.hpp"

struct Clock {
  int time = 0;
  int now() const { return time; }
  void sleep(int ticks) { time += ticks; }
};

#ifdef GOOD
template <class Ready>
rg::Status wait_for_firmware(Clock& clock, Ready ready) {
  const rg::PollTimes times{100, 10};
  return rg::poll_until(clock, times, "firmware", ready);
}
#else
template <class Ready>
rg::Status wait_for_firmware(Clock& clock, Ready ready) {
  const rg::PollTimes times{100, 0};
  return rg::poll_until(clock, times, "firmware", ready);
}
#endif

int main() {
  Clock clock;
  int looks = 0;
  const auto ready = [&] { return ++looks == 1000 || clock.time >= 30; };
  if (exit_status(wait_for_firmware(clock, ready)) != 0) return 1;
  std::printf("%d looks in %d ticks\n", looks, clock.time);
}
