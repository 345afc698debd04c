/// RESET_GUARD_TRY and RESET_GUARD_CHECK: hand a failure up, go on with a success.
#pragma once

#include <type_traits>

#include "move.hpp"
#include "result.hpp"

#define RESET_GUARD_JOIN_(a, b) a##b
#define RESET_GUARD_JOIN(a, b) RESET_GUARD_JOIN_(a, b)

/// `RESET_GUARD_TRY(auto value, expression)`: `value` is what the Result of `expression` holds; a failure is returned
/// from the function. For a statement of its own, not for the branch of an if without braces.
/// Requires: `expression` is a Result with a value; the function returns a Result.
#define RESET_GUARD_TRY(declaration, ...) \
  RESET_GUARD_TRY_(RESET_GUARD_JOIN(reset_guard_result_, __LINE__), declaration, __VA_ARGS__)
#define RESET_GUARD_TRY_(result, declaration, ...)                                        \
  auto result = (__VA_ARGS__);                                                            \
  static_assert(::reset_guard::detail::is_result<decltype(result)> &&                     \
                    !::std::is_same_v<decltype(result), ::reset_guard::Status>,           \
                "RESET_GUARD_TRY needs a Result<T>; for a Status use RESET_GUARD_CHECK"); \
  if (result.failed()) return RESET_GUARD_MOVE(result).error();                           \
  declaration = RESET_GUARD_MOVE(result).take()

/// `RESET_GUARD_CHECK(expression)`: a failed Status is returned from the function.
/// Requires: `expression` is a Status; the function returns a Result.
#define RESET_GUARD_CHECK(...)                                                                           \
  do {                                                                                                   \
    auto reset_guard_status = (__VA_ARGS__);                                                             \
    static_assert(::std::is_same_v<decltype(reset_guard_status), ::reset_guard::Status>,                 \
                  "RESET_GUARD_CHECK needs a Status; for a Result<T> with a value use RESET_GUARD_TRY"); \
    if (reset_guard_status.failed()) return RESET_GUARD_MOVE(reset_guard_status).error();                \
  } while (false)
