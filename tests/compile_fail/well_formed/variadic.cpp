// Statuses of several devices, in a template with a pack.
#include "device.hpp"

template <class... Devices>
rg::Status all(Devices&... devices) {
  rg::Status joined = rg::ok();
  const auto one = [](rg::Status first, rg::Status second) {
    return rg::first_error(RESET_GUARD_MOVE(first), RESET_GUARD_MOVE(second));
  };
  if constexpr (sizeof...(devices) == 2) {
    return one(RESET_GUARD_MOVE(joined), one(attempt(devices)...));
  } else {
    return joined;
  }
}

rg::Status two(Device& a, Device& b) { return all(a, b); }
rg::Status none() { return all(); }
