// HOLE 23: a function that returns false
// EXPECT all: A A A
// MESSAGE A: convert|no viable conversion
#include "device.hpp"

rg::Verdict<Flr> of_scope([[maybe_unused]] Device& device) {
  return false;  // BAD scope
  // GOOD: return Flr::run(device);
}

rg::Verdict<FirmwareAck> of_step([[maybe_unused]] Scope& scope) {
  return false;  // BAD step
  // GOOD: return FirmwareAck::wait(scope);
}

rg::Status of_status([[maybe_unused]] Device& device) {
  return false;  // BAD status
  // GOOD: return attempt(device);
}
