// Several results alive at once, in nested blocks.
#include "device.hpp"

rg::Status act(Device& a, Device& b) {
  auto first = attempt(a);
  if (!first.failed()) {
    auto second = attempt(b);
    if (second.failed()) {
      RESET_GUARD_MOVE(first).discard("the second failed");
      return RESET_GUARD_MOVE(second).error();
    }
    RESET_GUARD_MOVE(second).discard("both went well");
    return first;
  }
  return RESET_GUARD_MOVE(first).error();
}
