/// Exceptions as errors, and back: guarded(), throw_error(), take_or_throw().
#pragma once

#include <new>
#include <stdexcept>
#include <system_error>
#include <type_traits>

#if defined(__GLIBCXX__)
#include <cxxabi.h>
#endif

#include "../error.hpp"
#include "../move.hpp"
#include "../result.hpp"
#include "error_code.hpp"
#include "text.hpp"

namespace reset_guard {

/// What throw_error() throws: an exception that holds an error, all of it. Its code() is what to_error_code() makes.
class ResetFailure : public std::system_error {
 public:
  /// Of this error.
  explicit ResetFailure(Error error)
      : std::system_error(to_error_code(error)), error_(error), text_(to_string(error)) {}

  /// The error, as it was thrown.
  Error error() const noexcept { return error_; }
  /// The error in one line, as to_string() has it.
  const char* what() const noexcept override { return text_.what(); }

 private:
  Error error_;
  std::runtime_error text_;  // a string that is copied without an exception of its own
};

/// Throws a ResetFailure with this error.
[[noreturn]] inline void throw_error(Error error) { throw ResetFailure(error); }

/// The value of an answer, for code that uses exceptions: `take_or_throw(std::move(result))`.
/// Effects: throws a ResetFailure if the answer is an error.
/// Returns: the value; nothing for a Status.
template <class T>
T take_or_throw(Result<T> result) {
  if (result.failed()) throw_error(RESET_GUARD_MOVE(result).error());
  if constexpr (std::is_void_v<T>) {
    RESET_GUARD_MOVE(result).discard("a success has no value");
  } else {
    return RESET_GUARD_MOVE(result).take();
  }
}

namespace detail {

template <class T>
struct Guarded {
  using type = Result<T>;
};
template <class T>
struct Guarded<Result<T>> {
  using type = Result<T>;
};

template <class T, class = void>
inline constexpr bool is_expected = false;
template <class T>
inline constexpr bool is_expected<T, std::void_t<typename T::unexpected_type>> = true;

// Of the exception that is being handled. The unwinding of a thread that is cancelled goes on.
inline Error caught(Literal where) {
  try {
    throw;
  } catch (const ResetFailure& failure) {
    return failure.error();
  } catch (const std::system_error& failure) {
    return error_of(failure.code(), where);
  } catch (const std::bad_alloc&) {
    return Error(Errc::no_memory, 0, where);
#if defined(__GLIBCXX__)
  } catch (const abi::__forced_unwind&) {
    throw;
#endif
  } catch (...) {
    return Error(Errc::invalid, 0, where);
  }
}

}  // namespace detail

/// Runs code that may throw, and makes an error of the exception: `guarded("load", [&] { ... })`. In a step's act, or
/// around what a handler does, it makes the exception the step's or the reset's own error; a scope that an exception
/// leaves is only `abandoned`.
/// Effects: calls `function`. A thread that is cancelled inside it ends as it would without guarded().
/// Returns: what `function` returns, as a Result; a result that it returns is handed on as it is.
/// Errors: the error of a ResetFailure, unchanged; of any other std::system_error, what from_error_code() makes of its
/// code, as native; no_memory for std::bad_alloc; invalid for anything else. What is lost: what(), which is no literal.
template <class Function>
RESET_GUARD_MUST_USE auto guarded(Literal where, Function&& function) ->
    typename detail::Guarded<std::invoke_result_t<Function>>::type {
  using Returned = std::invoke_result_t<Function>;
  static_assert(!std::is_same_v<Returned, std::error_code> && !std::is_error_code_enum<Returned>::value,
                "reset_guard: a std::error_code would be a success here: return from_error_code(code, where)");
  static_assert(!detail::is_expected<Returned>,
                "reset_guard: an expected would be a success here: return from_expected(std::move(expected))");
  try {
    if constexpr (std::is_void_v<Returned>) {
      static_cast<Function&&>(function)();
      return ok();
    } else {
      return static_cast<Function&&>(function)();
    }
  } catch (...) {
    return detail::caught(where);
  }
}

}  // namespace reset_guard
