// The library, where the caller holds the device's own lock around the whole reset, as ResetState demands.
#pragma once

#include <mutex>

#include "reset.hpp"

namespace bench {

struct LockedDevice {
  std::mutex mutex;
  GuardedDevice guarded;
};

struct ResetUnderMutex {
  static constexpr const char* name = "reset_under_mutex";
  static constexpr bool locks = true;
  using Device = LockedDevice;
};

}  // namespace bench
