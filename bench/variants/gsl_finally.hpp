// gsl::finally beside the count.
#pragma once

#include <gsl/util>

#include "clean_up.hpp"

namespace bench {

struct Gsl {
  static constexpr const char* name = "gsl_finally";
  template <class F>
  static auto on_exit(F function) {
    return gsl::finally(function);
  }
};
using GslFinally = NestedSticky<CleanUpScope<Gsl>>;

}  // namespace bench
