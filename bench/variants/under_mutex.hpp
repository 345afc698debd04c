// Another variant, where the caller holds a lock of the device's own around the whole reset, as ResetState demands.
#pragma once

#include <mutex>

namespace bench {

template <class Variant>
struct UnderMutex {
  static constexpr bool locks = true;
  struct Device {
    typename Variant::Device device;  // first: what is prepared has the address that the operation was called with
    std::mutex mutex;
  };

  static int one(Device& locked) {
    const std::lock_guard lock(locked.mutex);
    return Variant::one(locked.device);
  }
  static int two(Device& locked) {
    const std::lock_guard lock(locked.mutex);
    return Variant::two(locked.device);
  }
};

}  // namespace bench
