// RULE: Return bool or `Result<bool>` from the condition of `poll_until()`.
// WHY: With a Status or an int it would have to guess whether a failure means 'not yet' or 'never'.
// ENFORCED: by types
// MESSAGE: reset_guard: poll_until needs a condition that returns bool or Result<bool>
#include "device.hpp"

// CASE: a Status, in a function
namespace poll_condition {
struct Clock {
  int time = 0;
  int now() const { return time; }
  void sleep(int ticks) { time += ticks; }
};

#ifdef GOOD
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
}  // namespace poll_condition

// CASE: a Status, an int and nothing
namespace of_three_types {
struct Clock {
  int time = 0;
  int now() const { return time; }
  void sleep(int duration) { time += duration; }
};

rg::Status status(Nic& nic) {
  Clock clock;
  return rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [&] { return attempt(nic); });  // BAD status
  // GOOD: return rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [&] { return !nic.dma_blocked; });
}

rg::Status number(Nic& nic) {
  Clock clock;
  return rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [&] { return nic.dma_blocked ? -5 : 0; });  // BAD
  // GOOD: return rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [&] { return !nic.dma_blocked; });
}

rg::Status nothing(Nic& nic) {
  Clock clock;
  return rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [&] { nic.dma_blocked = false; });  // BAD
  // GOOD: return rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [&] { return !nic.dma_blocked; });
}
}  // namespace of_three_types
