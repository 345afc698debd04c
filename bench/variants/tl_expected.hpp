// tl::expected of a scope.
#pragma once

#include <tl/expected.hpp>

#include "expected_scope.hpp"

namespace bench {

struct Tl {
  static constexpr const char* name = "tl_expected";
  template <class T>
  using Expected = tl::expected<T, int>;
  static auto unexpected(int error) { return tl::make_unexpected(error); }
};
using TlExpected = NestedSticky<ExpectedScope<Tl>>;

}  // namespace bench
