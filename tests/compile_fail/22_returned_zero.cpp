// HOLE 22: a function that returns 0
// EXPECT all: A A A
// MESSAGE A: convert|no viable conversion
#include "device.hpp"

rg::Verdict<Flr> of_scope([[maybe_unused]] Device& device) {
  return 0;  // BAD scope
  // GOOD: return Flr::run(device);
}

rg::Verdict<FirmwareAck> of_step([[maybe_unused]] Scope& scope) {
  return 0;  // BAD step
  // GOOD: return FirmwareAck::wait(scope);
}

rg::Status of_status([[maybe_unused]] Device& device) {
  return 0;  // BAD status
  // GOOD: return attempt(device);
}
