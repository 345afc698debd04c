// Hand-written C with the library's checks and layout: by_hand.h.
#pragma once

#include "by_hand.h"
#include "nested.hpp"

namespace bench {

struct ByHandScope {
  static constexpr const char* name = "by_hand";
  using Device = by_hand_device;
  static_assert(sizeof(Device) == 40);

  template <class F>
  static int scope(Device& device, F inside) {
    if (const int error = by_hand_enter(&device)) return error;
    return by_hand_leave(&device, inside());
  }
};
using ByHand = NestedSticky<ByHandScope>;

}  // namespace bench
