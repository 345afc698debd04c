/// Result: a value or an error, and no way past the question which.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

#include "attributes.hpp"
#include "error.hpp"
#include "move.hpp"
#include "trap.hpp"
#include "word.hpp"

namespace reset_guard {

template <class T>
class Result;

/// The answer of something that has no value to give.
/// It is ok(), or an Error.
using Status = Result<void>;

namespace detail {

struct Nothing {};
struct InPlace {};

template <class T>
inline constexpr bool is_result = false;
template <class T>
inline constexpr bool is_result<Result<T>> = true;

// What a success is made of. Where every number or pointer would convert, or every type with a conversion to all, only
// the very type does.
template <class U, class Value>
concept MeansSuccess = std::same_as<std::remove_cvref_t<U>, Value> ||
                       (!std::same_as<Value, bool> && !std::same_as<Value, Nothing> && std::convertible_to<U&&, Value>);

// How a value lies in a word, if it does: pack() leaves the upper half of the tail 0.
template <class T>
struct Packing;
template <>
struct Packing<Nothing> {
  static constexpr Word pack(Nothing) noexcept { return {nullptr, 0}; }
  static constexpr Nothing unpack(Word) noexcept { return {}; }
};

enum class Shape : std::uint8_t { word, trivial, any };
template <class T>
inline constexpr Shape shape_of = [] {
  if (requires { sizeof(Packing<T>); }) return Shape::word;
  return std::is_trivially_move_constructible_v<T> && std::is_trivially_destructible_v<T> ? Shape::trivial : Shape::any;
}();

// An error or a T, in the first of three shapes that it fits.
template <class T, Shape = shape_of<T>>
class Either {
 public:
  constexpr explicit Either(Error error) noexcept : word_(Word::of(error)) {}
  constexpr explicit Either(T&& value) noexcept : word_(Packing<T>::pack(RESET_GUARD_MOVE(value))) {}
  constexpr explicit Either(Word word) noexcept : word_(word) {}

  constexpr bool failed() const noexcept { return word_.failed(); }
  constexpr Error error() const noexcept { return word_.error(); }
  constexpr T value() const noexcept { return Packing<T>::unpack(word_); }
  constexpr Word word() const noexcept { return word_; }

 private:
  Word word_;
};

template <class T>
class Either<T, Shape::trivial> {
 public:
  constexpr explicit Either(Error error) noexcept : error_(Word::of(error).error()), failed_(true) {}
  constexpr explicit Either(T&& value) noexcept : value_(RESET_GUARD_MOVE(value)), failed_(false) {}
  template <class... Arguments>
  constexpr explicit Either(InPlace, Arguments&&... arguments) noexcept
      : value_(static_cast<Arguments&&>(arguments)...), failed_(false) {}

  constexpr bool failed() const noexcept { return failed_; }
  constexpr Error& error() noexcept { return error_; }
  constexpr T& value() noexcept { return value_; }

 private:
  union {
    Error error_;
    T value_;
  };
  bool failed_;
};

template <class T>
class Either<T, Shape::any> {
 public:
  constexpr explicit Either(Error error) noexcept : error_(Word::of(error).error()), failed_(true) {}
  constexpr explicit Either(T&& value) noexcept : value_(RESET_GUARD_MOVE(value)), failed_(false) {}
  template <class... Arguments>
  constexpr explicit Either(InPlace, Arguments&&... arguments) noexcept
      : value_(static_cast<Arguments&&>(arguments)...), failed_(false) {}
  constexpr Either(Either&& other) noexcept : failed_(other.failed_) {
    if (failed_) {
      ::new (static_cast<void*>(&error_)) Error(other.error_);
    } else {
      ::new (static_cast<void*>(&value_)) T(RESET_GUARD_MOVE(other.value_));
    }
  }
  Either(const Either&) = delete;
  Either& operator=(const Either&) = delete;
  Either& operator=(Either&&) = delete;
  constexpr ~Either() {
    if (!failed_) value_.~T();
  }

  constexpr bool failed() const noexcept { return failed_; }
  constexpr Error& error() noexcept { return error_; }
  constexpr T& value() noexcept { return value_; }

 private:
  union {
    Error error_;
    T value_;
  };
  bool failed_;
};

// The word of a result whose value lies in one, for code that is the same whatever the value is; and the way back.
struct ResultWord {
  template <class T>
  static constexpr Word of(Result<T>&& result) noexcept {
    const Word word = result.either_.word();
    RESET_GUARD_MOVE(result).discard("it goes on as a word");
    return word;
  }
  template <class Result>
  static constexpr Result as(Word word) noexcept {
    return Result(ResultWord(), word);
  }
};

}  // namespace detail

/// The answer of something that can fail: a T, or an Error. `Result<void>` is Status.
///
/// Move-only, final, no default, no assignment, no conversion to bool, no place on the heap. Whoever has one asks
/// failed(), and then takes error() or take() out of it. discard() is the one way to drop it, and easy to search for.
/// RESET_GUARD_TRY and RESET_GUARD_CHECK take the value out and hand the error up. T is void or an object type, but no
/// Error, Errc or Result.
template <class T>
class RESET_GUARD_MUST_USE_TYPE(RESET_GUARD_LOOK_AT_IT) RESET_GUARD_TYPESTATE_TYPE Result final {
  static_assert(!std::is_reference_v<T>, "reset_guard: Result<T> holds a value; a reference could outlive its object");
  static_assert(!std::same_as<T, Error> && !std::same_as<T, Errc> && !detail::is_result<T>,
                "reset_guard: Result<T> holds a value or an error; an error as its value would be a success");
  using Value = std::conditional_t<std::is_void_v<T>, detail::Nothing, T>;

 public:
  using value_type = T;  ///< what it holds when it is a success

  Result() = RESET_GUARD_DELETE("reset_guard: neither success nor failure is a default; say ok() or an Error");
  Result(const Result&) = RESET_GUARD_DELETE("reset_guard: a copy could be looked at in the answer's place; move it");
  /// Hands the answer on. The object that it leaves is not to be asked any more.
  constexpr Result(Result&&) noexcept = default;
  Result& operator=(const Result&) =
      RESET_GUARD_DELETE("reset_guard: it would drop the old answer; use a new variable");
  Result& operator=(Result&&) = RESET_GUARD_DELETE("reset_guard: it would drop the old answer; use a new variable");
#if defined(__clang__)
  RESET_GUARD_NEEDS_LOOK constexpr ~Result() {}  // never called on an object whose failure was not looked at
#else
  ~Result() = default;
#endif

  /// A failure. An error whose code was overwritten with 0 by hand is still one.
  constexpr Result(Error error) noexcept : either_(error) {}

  /// A success, from a T or what converts to it. A `Result<bool>` is made of a bool and nothing else: -EIO is not
  /// 'ready'. A Status is made by ok().
  template <class U>
    requires(!detail::is_result<std::remove_cvref_t<U>> && !std::same_as<std::remove_cvref_t<U>, Error> &&
             detail::MeansSuccess<U, Value>)
  constexpr Result(U&& value) noexcept : either_(Value(static_cast<U&&>(value))) {}

  /// Internal: a success whose value is built in place, for a T that should not be moved.
  template <class... Arguments>
    requires std::constructible_from<Value, Arguments...>
  constexpr explicit Result(detail::InPlace, Arguments&&... arguments) noexcept
      : either_(detail::InPlace(), static_cast<Arguments&&>(arguments)...) {}

  static void* operator new(std::size_t) = RESET_GUARD_DELETE("reset_guard: a result lives on the stack");
  static void* operator new[](std::size_t) = RESET_GUARD_DELETE("reset_guard: a result lives on the stack");

  /// Whether this is a failure. Changes nothing.
  RESET_GUARD_TELLS_FAILURE [[nodiscard("reset_guard: failed() only asks; put it in an if, and hand the error up")]]
  constexpr bool failed() const noexcept {
    return either_.failed();
  }

  /// The error, out of a result that ends with it: `std::move(result).error()`.
  /// Requires: failed(). Traps otherwise, in release builds too.
  RESET_GUARD_TAKES_FAILURE RESET_GUARD_MUST_USE_FUNCTION(
      "reset_guard: this drops the error; return it") constexpr Error error() && noexcept {
    if (!either_.failed()) trap("error() on a success: ask failed() first");
    return either_.error();
  }

  /// The value, out of a result that ends with it: `std::move(result).take()`.
  /// Requires: not failed(). Traps otherwise, in release builds too.
  RESET_GUARD_TAKES_SUCCESS [[nodiscard("reset_guard: this drops the value; keep it")]] constexpr T take() && noexcept
    requires(!std::is_void_v<T>)
  {
    if (either_.failed()) trap("take() on a failure: ask failed() first, or use RESET_GUARD_TRY");
    return RESET_GUARD_MOVE(either_.value());
  }

  // Each of these ends the result, so each wants it moved.
  Error error() const& = RESET_GUARD_DELETE("reset_guard: say std::move(result).error()");
  T take() const& = RESET_GUARD_DELETE("reset_guard: say std::move(result).take()");
  void discard(const char*) const& = RESET_GUARD_DELETE("reset_guard: say std::move(result).discard(reason)");

  /// Drops the answer, whatever it is. There is no other way to drop one.
  /// `reason` is for the reader, and for whoever searches for discard.
  RESET_GUARD_TAKES_ANY constexpr void discard([[maybe_unused]] const char* reason) && noexcept {}

 private:
  friend struct detail::ResultWord;
  constexpr Result(detail::ResultWord, detail::Word word) noexcept : either_(word) {}

  detail::Either<Value> either_;
};

/// What a function returns that went well and has no value to give.
/// Returns: a Status that is a success.
RESET_GUARD_MUST_USE constexpr Status ok() noexcept { return Status(detail::Nothing{}); }

static_assert(sizeof(void*) != 8 || sizeof(Status) == sizeof(Error));

}  // namespace reset_guard
