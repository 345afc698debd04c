/// Results as std::expected (C++23) or tl::expected, and back: to_expected(), from_expected().
//
// Neither is included here: any template of its form will do.
#pragma once

#include <type_traits>

#include "../error.hpp"
#include "../move.hpp"
#include "../result.hpp"

namespace reset_guard {

/// An answer on its way to code that uses expected: `to_expected<std::expected>(std::move(result))`. Nothing is lost
/// but the compiler's eye on it: nobody reports an expected that is not looked at.
/// Returns: an Expected<T, Error> with the value or the error.
template <template <class, class> class Expected, class T>
RESET_GUARD_MUST_USE_FUNCTION("reset_guard: this drops the answer; keep the expected, and ask it")
RESET_GUARD_CONSTEXPR Expected<T, Error> to_expected(Result<T> result) {
  using To = Expected<T, Error>;
  if (result.failed()) return typename To::unexpected_type(RESET_GUARD_MOVE(result).error());
  if constexpr (std::is_void_v<T>) {
    RESET_GUARD_MOVE(result).discard("a success has no value");
    return To();
  } else {
    return To(RESET_GUARD_MOVE(result).take());
  }
}

/// The way back: `from_expected(std::move(expected))`.
/// Returns: a Result<T> with the value or the error.
template <template <class, class> class Expected, class T>
RESET_GUARD_MUST_USE RESET_GUARD_CONSTEXPR Result<T> from_expected(Expected<T, Error>&& expected) {
  if (!expected.has_value()) return expected.error();
  if constexpr (std::is_void_v<T>) {
    return ok();
  } else {
    return Result<T>(*RESET_GUARD_MOVE(expected));
  }
}
template <template <class, class> class Expected, class T>
Result<T> from_expected(const Expected<T, Error>&) =
    RESET_GUARD_DELETE("reset_guard: say from_expected(std::move(expected)): a copy could be looked at in its place");

}  // namespace reset_guard
