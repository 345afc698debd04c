// The same, where enter and leave are functions of another file.
#pragma once

#include "counted.hpp"
#include "nested.hpp"

namespace bench {

struct COutOfLineScope {
  static constexpr const char* name = "c_out_of_line";
  using Device = Counted;

  [[gnu::noinline]] static int enter_called(Device& device) { return enter(device); }
  [[gnu::noinline]] static int leave_called(Device& device, int error) { return leave(device, error); }

  template <class F>
  static int scope(Device& device, F inside) {
    if (const int error = enter_called(device)) return error;
    return leave_called(device, inside());
  }
};
using COutOfLine = NestedSticky<COutOfLineScope>;

}  // namespace bench
