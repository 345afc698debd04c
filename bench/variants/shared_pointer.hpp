// std::shared_ptr whose deleter ends the reset: every scope holds one, the device knows them by a weak_ptr.
#pragma once

#include <memory>

#include "nested.hpp"

namespace bench {

struct SharedPointerScope {
  static constexpr const char* name = "shared_pointer";
  struct Device {
    std::weak_ptr<Device> reset;
    int failed = 0;
    int answer = 0;
  };

  static void end(Device* device) {
    const int done_error = bench_done(device, device->failed != 0);
    device->answer = device->failed != 0 ? device->failed : done_error;
  }

  static int enter(Device& device, std::shared_ptr<Device>& held) {
    held = device.reset.lock();
    if (held) return 0;
    if (const int error = bench_prepare(&device)) return error;
    device.failed = 0;
    held = std::shared_ptr<Device>(&device, end);
    device.reset = held;
    return 0;
  }

  template <class F>
  static int scope(Device& device, F inside) {
    std::shared_ptr<Device> held;
    if (const int error = enter(device, held)) return error;
    const int error = inside();
    if (error != 0) device.failed = error;
    held.reset();
    return device.reset.expired() ? device.answer : error;
  }
};
using SharedPointer = NestedSticky<SharedPointerScope>;

}  // namespace bench
