// std::recursive_mutex with a lock_guard in each scope, beside the count.
#pragma once

#include <mutex>

#include "counted.hpp"
#include "nested.hpp"

namespace bench {

struct RecursiveMutexScope {
  static constexpr const char* name = "recursive_mutex";
  static constexpr bool locks = true;
  struct Device : Counted {
    std::recursive_mutex mutex;
  };

  template <class F>
  static int scope(Device& device, F inside) {
    const std::lock_guard lock(device.mutex);
    if (const int error = enter(device)) return error;
    return leave(device, inside());
  }
};
using RecursiveMutex = NestedSticky<RecursiveMutexScope>;

}  // namespace bench
