// RULE: The interval of `poll_until()` is positive.
// ENFORCED: not
// OK PRINTS: 4 looks in 30 ticks
// SAYS: 1000 looks in 0 ticks
// WHY: Who sleeps 0 looks again at once, for ever if the clock only moves in a sleep: here until the 1000th look, at
// which the example gives up.
#include "device.hpp"

struct Clock {
  int time = 0;
  int now() const { return time; }
  void sleep(int ticks) { time += ticks; }
};

#ifdef OK
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
