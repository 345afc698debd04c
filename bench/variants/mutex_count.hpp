// std::mutex around the count, which is what guard(mutex) in Linux's prepare and done amounts to. A second thread is
// let in, as if it were a nested scope.
#pragma once

#include <mutex>

#include "counted.hpp"
#include "nested.hpp"

namespace bench {

struct MutexCountScope {
  static constexpr const char* name = "mutex_count";
  static constexpr bool locks = true;
  struct Device : Counted {
    std::mutex mutex;
  };

  static int enter_locked(Device& device) {
    const std::lock_guard lock(device.mutex);
    return enter(device);
  }
  static int leave_locked(Device& device, int error) {
    const std::lock_guard lock(device.mutex);
    return leave(device, error);
  }

  template <class F>
  static int scope(Device& device, F inside) {
    if (const int error = enter_locked(device)) return error;
    return leave_locked(device, inside());
  }
};
using MutexCount = NestedSticky<MutexCountScope>;

}  // namespace bench
