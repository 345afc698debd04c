// RULE: Use a clock that does not go backwards for `poll_until()`.
// WHY: The deadline is counted from the first `now()`. A clock that is set back delays it; with unsigned numbers it
//   ends the wait at once.
// ENFORCED: by nobody
// LIMIT: The library has no other clock to compare with.
// PRINTS: timed_out after 150 ticks
// GOOD PRINTS: timed_out after 100 ticks
#include "device.hpp"

struct Clock {
  int since_boot = 0, of_the_day = 0;
  void sleep(int ticks) {
    since_boot += ticks;
    of_the_day += ticks;
    if (since_boot == 50) of_the_day = 0;  // somebody sets it
  }
#ifdef GOOD
  int now() const { return since_boot; }
#else
  int now() const { return of_the_day; }
#endif
};

int main() {
  Clock clock;
  const auto ready = [] { return false; };
  std::printf("%s ", word(rg::poll_until(clock, rg::PollTimes{100, 10}, "firmware", ready)));
  std::printf("after %d ticks\n", clock.since_boot);
}
