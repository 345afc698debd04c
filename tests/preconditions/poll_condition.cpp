// RULE: The condition of `poll_until()` returns bool, or `Result<bool>`.
// ENFORCED: compile
// SAYS: reset_guard: poll_until needs a condition that returns bool or Result<bool>
// WHY: Of a Status or an int it would have to guess whether a failure means 'not yet' or 'never'.
#include "device.hpp"

struct Clock {
  int time = 0;
  int now() const { return time; }
  void sleep(int ticks) { time += ticks; }
};

#ifdef OK
rg::Status wait_for_firmware(Nic& nic) {
  Clock clock;
  const auto ready = [&] { return nic.firmware_answers; };
  return rg::poll_until(clock, rg::PollTimes{100, 10}, "firmware", ready);
}
#else
rg::Status wait_for_firmware(Nic& nic) {
  Clock clock;
  const auto ready = [&] { return load_firmware(nic); };
  return rg::poll_until(clock, rg::PollTimes{100, 10}, "firmware", ready);
}
#endif

int main() {
  Nic nic;
  return exit_status(wait_for_firmware(nic));
}
