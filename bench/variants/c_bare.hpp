// Hand-written C with nothing but the count and the failure that sticks, inlined: what all others are compared with.
#pragma once

#include "counted.hpp"
#include "nested.hpp"

namespace bench {

struct CBareScope {
  static constexpr const char* name = "c_bare";
  using Device = Counted;

  template <class F>
  static int scope(Device& device, F inside) {
    if (const int error = enter(device)) return error;
    return leave(device, inside());
  }
};
using CBare = NestedSticky<CBareScope>;

}  // namespace bench
