// Hand-written C with the count alone: a failure reaches done only if everybody in between hands it up.
#pragma once

#include "nested.hpp"

namespace bench {

struct CForgetfulScope {
  static constexpr const char* name = "c_forgetful";
  struct Device {
    int depth = 0;
  };
  static_assert(sizeof(Device) == 4);

  static int enter(Device& device) {
    if (device.depth == 0) {
      if (const int error = bench_prepare(&device)) return error;
    }
    ++device.depth;
    return 0;
  }

  static int leave(Device& device, int error) {
    if (--device.depth != 0) return error;
    const int done_error = bench_done(&device, error != 0);
    return error != 0 ? error : done_error;
  }

  template <class F>
  static int scope(Device& device, F inside) {
    if (const int error = enter(device)) return error;
    return leave(device, inside());
  }
};
using CForgetful = Nested<CForgetfulScope>;

}  // namespace bench
