/// Error, Errc, Outcome and TraceKind for std::format, where the standard library has it, and for {fmt}, if that is
/// included before this header: `std::format("{}", error)`, `fmt::print("{:>20}", code)`. The text is that of
/// to_string().
#pragma once

#include <string_view>
#include <type_traits>

#if __has_include(<version>)
#include <version>
#endif
#if defined(__cpp_lib_format)
#include <format>
#endif

#include "../error.hpp"
#include "../outcome.hpp"
#include "../trace.hpp"
#include "text.hpp"

namespace reset_guard::detail {

template <class T>
inline constexpr bool is_formatted =
    std::is_same_v<T, Error> || std::is_same_v<T, Errc> || std::is_same_v<T, Outcome> || std::is_same_v<T, TraceKind>;

}  // namespace reset_guard::detail

#if defined(__cpp_lib_format)
/// As a string, with its width, alignment and precision.
template <class T>
  requires reset_guard::detail::is_formatted<T>
struct std::formatter<T, char> : std::formatter<std::string_view, char> {
  /// Writes to_string(value).
  /// Returns: where the output goes on.
  template <class Context>
  auto format(const T& value, Context& context) const {
    const auto text = reset_guard::to_string(value);
    return std::formatter<std::string_view, char>::format(text, context);
  }
};
#endif

#if defined(FMT_VERSION)
/// As a string, with its width, alignment and precision.
template <class T>
struct fmt::formatter<T, char, std::enable_if_t<reset_guard::detail::is_formatted<T>>>
    : fmt::formatter<fmt::string_view, char> {
  /// Writes to_string(value).
  /// Returns: where the output goes on.
  template <class Context>
  auto format(const T& value, Context& context) const {
    const auto text = reset_guard::to_string(value);
    return fmt::formatter<fmt::string_view, char>::format(text, context);
  }
};
#endif
