// What is dropped on purpose, with its reason.
#include "device.hpp"

void best_effort(Device& device) {
  attempt(device).discard("best effort");
  auto verdict = Flr::run(device);
  RESET_GUARD_MOVE(verdict).discard("best effort");
}
