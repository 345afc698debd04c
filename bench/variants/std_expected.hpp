// std::expected of a scope.
#pragma once

#include <expected>

#include "expected_scope.hpp"

namespace bench {

struct StandardLibrary {
  static constexpr const char* name = "std_expected";
  template <class T>
  using Expected = std::expected<T, int>;
  static auto unexpected(int error) { return std::unexpected(error); }
};
using StdExpected = NestedSticky<ExpectedScope<StandardLibrary>>;

}  // namespace bench
