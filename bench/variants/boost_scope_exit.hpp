// BOOST_SCOPE_EXIT beside the count.
#pragma once

#include <boost/scope_exit.hpp>

#include "counted.hpp"
#include "nested.hpp"

namespace bench {

struct BoostScope {
  static constexpr const char* name = "boost_scope_exit";
  using Device = Counted;

  template <class F>
  static int scope(Device& device, F inside) {
    if (const int error = enter(device)) return error;
    int answer = 0;
    {
      BOOST_SCOPE_EXIT_TPL(&answer, &device) { answer = leave(device, answer); }
      BOOST_SCOPE_EXIT_END
      answer = inside();
    }
    return answer;
  }
};
using BoostScopeExit = NestedSticky<BoostScope>;

}  // namespace bench
