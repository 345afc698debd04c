// HOLE 23: a function that returns true
// EXPECT all: A A A
// MESSAGE A: convert|no viable conversion
#include "device.hpp"

rg::Verdict<Flr> of_scope([[maybe_unused]] Device& device) {
  return true;  // BAD scope
  // GOOD: return Flr::run(device);
}

rg::Verdict<FirmwareAck> of_step([[maybe_unused]] Scope& scope) {
  return true;  // BAD step
  // GOOD: return FirmwareAck::wait(scope);
}

rg::Status of_status([[maybe_unused]] Device& device) {
  return true;  // BAD status
  // GOOD: return attempt(device);
}
