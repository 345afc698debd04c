/// RESET_GUARD_TRY and RESET_GUARD_CHECK: hand a failure up, go on with a success. RESET_GUARD_CO_TRY and
/// RESET_GUARD_CO_CHECK: the same in a coroutine.
#pragma once

#include <type_traits>

#include "move.hpp"
#include "result.hpp"

// clang's typestate analysis does not understand coroutines: it is off where one awaits a result, and does not look
// into what holds the result.
#if defined(__clang__)
#define RESET_GUARD_NOT_ANALYSED _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wconsumed\"")
#define RESET_GUARD_ANALYSED _Pragma("clang diagnostic pop")
#else
#define RESET_GUARD_NOT_ANALYSED
#define RESET_GUARD_ANALYSED
#endif

namespace reset_guard::detail {

template <class R>
struct Held {
  R result;
  constexpr bool failed() const noexcept { return result.failed(); }
  constexpr Error error() noexcept { return RESET_GUARD_MOVE(result).error(); }
  constexpr auto take() noexcept { return RESET_GUARD_MOVE(result).take(); }
};
template <class R>
Held(R) -> Held<R>;

}  // namespace reset_guard::detail

// clang 22 calls __COUNTER__, which all have, an extension.
#if defined(__clang__) && __clang_major__ >= 22
#define RESET_GUARD_COUNTED _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wc2y-extensions\"")
#define RESET_GUARD_COUNTED_END _Pragma("clang diagnostic pop")
#else
#define RESET_GUARD_COUNTED
#define RESET_GUARD_COUNTED_END
#endif

#define RESET_GUARD_JOIN_(a, b) a##b
#define RESET_GUARD_JOIN(a, b) RESET_GUARD_JOIN_(a, b)

// A declaration without the parentheses around it, if there are any.
#define RESET_GUARD_BARE(declaration) RESET_GUARD_BARE_1(RESET_GUARD_IN declaration)
#define RESET_GUARD_BARE_1(...) RESET_GUARD_BARE_2(__VA_ARGS__)
#define RESET_GUARD_BARE_2(...) RESET_GUARD_OUT_##__VA_ARGS__
#define RESET_GUARD_IN(...) RESET_GUARD_IN __VA_ARGS__
#define RESET_GUARD_OUT_RESET_GUARD_IN

// Not Status, which is a macro of X11's where these are used.
#define RESET_GUARD_NEEDS_VALUE(type)                                                                           \
  static_assert(::reset_guard::detail::is_result<type> && !::std::is_same_v<type, ::reset_guard::Result<void>>, \
                "RESET_GUARD_TRY needs a Result<T>; for a Status use RESET_GUARD_CHECK")
#define RESET_GUARD_NEEDS_STATUS(type)                               \
  static_assert(::std::is_same_v<type, ::reset_guard::Result<void>>, \
                "RESET_GUARD_CHECK needs a Status; for a Result<T> with a value use RESET_GUARD_TRY")

/// `RESET_GUARD_TRY(auto value, expression)`: `value` is what the Result of `expression` holds; a failure is returned
/// from the function. A declaration with a comma stands in parentheses: `RESET_GUARD_TRY((auto [a, b]), expression)`.
/// For a statement of its own, not for the branch of an if without braces.
/// Requires: `expression` is a Result with a value; the function returns a Result.
#define RESET_GUARD_TRY(declaration, ...) \
  RESET_GUARD_COUNTED                     \
  RESET_GUARD_TRY_(RESET_GUARD_JOIN(reset_guard_result_, __COUNTER__), declaration, __VA_ARGS__) RESET_GUARD_COUNTED_END
#define RESET_GUARD_TRY_(result, declaration, ...)              \
  auto result = (__VA_ARGS__);                                  \
  RESET_GUARD_NEEDS_VALUE(decltype(result));                    \
  if (result.failed()) return RESET_GUARD_MOVE(result).error(); \
  RESET_GUARD_BARE(declaration) = RESET_GUARD_MOVE(result).take()

/// `RESET_GUARD_CHECK(expression)`: a failed Status is returned from the function.
/// Requires: `expression` is a Status; the function returns a Result.
#define RESET_GUARD_CHECK(...)                                                            \
  do {                                                                                    \
    auto reset_guard_status = (__VA_ARGS__);                                              \
    RESET_GUARD_NEEDS_STATUS(decltype(reset_guard_status));                               \
    if (reset_guard_status.failed()) return RESET_GUARD_MOVE(reset_guard_status).error(); \
  } while (false)

/// RESET_GUARD_TRY for a coroutine: `RESET_GUARD_CO_TRY(auto value, co_await expression)`.
/// Requires: the coroutine's promise takes an Error by return_value().
#define RESET_GUARD_CO_TRY(declaration, ...)                                                        \
  RESET_GUARD_COUNTED                                                                               \
  RESET_GUARD_CO_TRY_(RESET_GUARD_JOIN(reset_guard_result_, __COUNTER__), declaration, __VA_ARGS__) \
  RESET_GUARD_COUNTED_END
#define RESET_GUARD_CO_TRY_(held, declaration, ...)       \
  RESET_GUARD_NOT_ANALYSED                                \
  auto held = ::reset_guard::detail::Held{(__VA_ARGS__)}; \
  RESET_GUARD_NEEDS_VALUE(decltype(held.result));         \
  if (held.failed()) co_return held.error();              \
  RESET_GUARD_ANALYSED                                    \
  RESET_GUARD_BARE(declaration) = held.take()

/// RESET_GUARD_CHECK for a coroutine: `RESET_GUARD_CO_CHECK(co_await expression)`.
/// Requires: the coroutine's promise takes an Error by return_value().
#define RESET_GUARD_CO_CHECK(...)                                       \
  do {                                                                  \
    RESET_GUARD_NOT_ANALYSED                                            \
    auto reset_guard_held = ::reset_guard::detail::Held{(__VA_ARGS__)}; \
    RESET_GUARD_NEEDS_STATUS(decltype(reset_guard_held.result));        \
    if (reset_guard_held.failed()) co_return reset_guard_held.error();  \
    RESET_GUARD_ANALYSED                                                \
  } while (false)
