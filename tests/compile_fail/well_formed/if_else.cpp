// Both branches take what there is.
#include "device.hpp"

int act(Device& device) {
  auto verdict = Flr::run(device);
  if (verdict.failed()) {
    return RESET_GUARD_MOVE(verdict).error().native();
  } else {
    RESET_GUARD_MOVE(verdict).discard("whether it worked was the question");
    return 0;
  }
}
