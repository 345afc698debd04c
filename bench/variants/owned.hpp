// The library, by reset(device, handler), of a device that several threads may reset.
#pragma once

#include <reset_guard/hosted/threads.hpp>

#include "reset.hpp"

namespace bench {

struct OwnedDevice : DeviceWith<rg::SharedResetState<rg::ThreadWaiting>> {
  const rg::Owner* reset_owner() const noexcept { return rg::this_thread_owner(); }
};

struct ResetOwned : ResetOf<OwnedDevice> {
  static constexpr const char* name = "owned";
  static constexpr bool locks = true;

  static int wait(Device& device) {
    constexpr auto never = std::chrono::steady_clock::time_point::max();
    return to_errno(rg::reset_until(device, never, Work::run<Device>));
  }
};

}  // namespace bench
