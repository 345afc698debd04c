// std::mutex that the outermost scope locks; the owner's next ones see that it is theirs, and only count.
#pragma once

#include <atomic>
#include <mutex>
#include <thread>

#include "counted.hpp"
#include "nested.hpp"

namespace bench {

struct MutexOwnerScope {
  static constexpr const char* name = "mutex_owner";
  static constexpr bool locks = true;
  struct Device : Counted {
    std::mutex mutex;
    std::atomic<std::thread::id> owner;
  };

  template <class F>
  static int scope(Device& device, F inside) {
    const std::thread::id self = std::this_thread::get_id();
    if (device.owner.load(std::memory_order_relaxed) == self) return counted(device, inside);
    const std::lock_guard lock(device.mutex);
    device.owner.store(self, std::memory_order_relaxed);
    const int answer = counted(device, inside);
    device.owner.store({}, std::memory_order_relaxed);
    return answer;
  }

 private:
  template <class F>
  static int counted(Device& device, F inside) {
    if (const int error = enter(device)) return error;
    return leave(device, inside());
  }
};
using MutexOwner = NestedSticky<MutexOwnerScope>;

}  // namespace bench
