// absl::Cleanup beside the count.
#pragma once

#include <absl/cleanup/cleanup.h>

#include "clean_up.hpp"

namespace bench {

struct Absl {
  static constexpr const char* name = "absl_cleanup";
  template <class F>
  static auto on_exit(F function) {
    return absl::Cleanup(function);
  }
};
using AbslCleanup = NestedSticky<CleanUpScope<Absl>>;

}  // namespace bench
