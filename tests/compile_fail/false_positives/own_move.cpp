// PATTERN 3: a move function of one's own
// EXPECT plain: -
// EXPECT typestate: C
#include "device.hpp"

template <class T>
constexpr T&& own_move(T& object) noexcept {
  return static_cast<T&&>(object);
}

rg::Status act(Device& device) {
  auto status = attempt(device);
  if (status.failed()) return own_move(status).error();  // BAD
  // GOOD: if (status.failed()) return RESET_GUARD_MOVE(status).error();
  return rg::ok();
}
