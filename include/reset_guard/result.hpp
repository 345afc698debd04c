/// Result: a value or an error, and no way past the question which.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

#include "attributes.hpp"
#include "error.hpp"
#include "move.hpp"
#include "trap.hpp"
#include "word.hpp"

#if defined(Status)
#error "reset_guard: X11's macro Status is defined: include reset_guard before <X11/Xlib.h>, or #undef Status"
#endif

namespace reset_guard {

template <class T>
class Result;

/// The answer of something that has no value to give.
/// It is ok(), or an Error.
using Status = Result<void>;

namespace detail {

struct Nothing {};
struct InPlace {};
struct Unusable {};

template <class T>
using remove_cvref = std::remove_cv_t<std::remove_reference_t<T>>;

template <class T>
inline constexpr bool is_result = false;
template <class T>
inline constexpr bool is_result<Result<T>> = true;

template <class T>
inline constexpr bool is_number = std::is_arithmetic_v<T> && !std::is_same_v<T, bool>;

// What a success is made of. Where every number or pointer would convert, or every type with a conversion to all, only
// the very type does. A number is not among these: the caller converts it, with the caller's warnings.
template <class U, class Value>
inline constexpr bool means_success =
    !is_result<remove_cvref<U>> && !std::is_same_v<remove_cvref<U>, Error> && !is_number<Value> &&
    (std::is_same_v<remove_cvref<U>, Value> ||
     (!std::is_same_v<Value, bool> && !std::is_same_v<Value, Nothing> && std::is_convertible_v<U&&, Value>));

// How a value lies in a word, if it does: pack() leaves the failed bit 0.
template <class T, class = void>
struct Packing;
template <>
struct Packing<Nothing> {
  static constexpr Word pack(Nothing) noexcept { return {nullptr, 0}; }
  static constexpr Nothing unpack(Word) noexcept { return {}; }
};
template <class T>
struct Packing<T, std::enable_if_t<std::is_integral_v<T> && sizeof(T) <= 4>> {
  static constexpr Word pack(T value) noexcept { return {nullptr, static_cast<std::uint32_t>(value)}; }
  static constexpr T unpack(Word word) noexcept { return static_cast<T>(word.tail); }
};

template <class T, class = void>
inline constexpr bool is_packed = false;
template <class T>
inline constexpr bool is_packed<T, std::void_t<decltype(sizeof(Packing<T>))>> = true;

// An error or a T: a word if it fits in one.
template <class T, bool = is_packed<T>>
class Either {
 public:
  constexpr explicit Either(Error error) noexcept : word_(ErrorAccess::word(error)) {}
  constexpr explicit Either(T&& value) noexcept : word_(Packing<T>::pack(RESET_GUARD_MOVE(value))) {}
  constexpr explicit Either(Word word) noexcept : word_(word) {}

  constexpr bool failed() const noexcept { return word_.failed(); }
  constexpr Error error() const noexcept { return ErrorAccess::error(word_); }
  constexpr T value() const noexcept { return Packing<T>::unpack(word_); }
  constexpr Word word() const noexcept { return word_; }

 private:
  Word word_;
};

template <class T>
class Either<T, false> {
 public:
  constexpr explicit Either(Error error) noexcept : error_(error), failed_(true) {}
  constexpr explicit Either(T&& value) noexcept : value_(RESET_GUARD_MOVE(value)), failed_(false) {}
  template <class... Arguments>
  constexpr explicit Either(InPlace, Arguments&&... arguments) noexcept
      : value_(static_cast<Arguments&&>(arguments)...), failed_(false) {}
  Either(Either&& other) noexcept : failed_(other.failed_) {
    if (failed_) {
      ::new (static_cast<void*>(&error_)) Error(other.error_);
    } else {
      ::new (static_cast<void*>(&value_)) T(RESET_GUARD_MOVE(other.value_));
    }
  }
  Either(const Either&) = delete;
  Either& operator=(const Either&) = delete;
  Either& operator=(Either&&) = delete;
  RESET_GUARD_CONSTEXPR ~Either() {
    if (!failed_) value_.~T();
  }

  constexpr bool failed() const noexcept { return failed_; }
  constexpr Error error() const noexcept { return error_; }
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

#if defined(RESET_GUARD_TRAP_DROPPED)
// Whether a result was asked, moved or dropped on purpose. It traps if it was a failure, and none of it happened.
class Looked {
 public:
  constexpr Looked() noexcept = default;
  constexpr Looked(Looked&& other) noexcept { other.looked_ = true; }
  constexpr void look() const noexcept { looked_ = true; }
  constexpr bool looked() const noexcept { return looked_; }

 private:
  mutable bool looked_ = false;
};

[[noreturn, gnu::cold]] inline void trap_dropped(const Error& error) noexcept {
  char text[160] = "a failure that nobody looked at: ";
  std::size_t end = sizeof "a failure that nobody looked at: " - 1;
  const auto append = [&](const char* part) {
    for (; *part != '\0' && end + 1 != sizeof text; ++part) text[end++] = *part;
    text[end] = '\0';
  };
  append(to_string(error.code()));
  append(", from: ");
  append(error.where());
  trap(text);
}
#endif

}  // namespace detail

/// The answer of something that can fail: a T, or an Error. `Result<void>` is Status.
///
/// Move-only, final, no default, no assignment, no conversion to bool, no place on the heap. Ask failed(), and
/// then take error() or take() out of it. discard() is the only way to drop it, and easy to search for.
/// RESET_GUARD_TRY and RESET_GUARD_CHECK take the value out and hand the error up. T is void or an object type, but no
/// Error, Errc or Result.
///
/// RESET_GUARD_TRAP_DROPPED, defined for the whole program, makes the destructor of a failure that nobody looked at
/// trap with its text, wherever it lies: in a container or a promise no compiler sees it. It costs a byte, and a
/// destructor.
template <class T>
class RESET_GUARD_MUST_USE_TYPE(RESET_GUARD_LOOK_AT_IT) RESET_GUARD_TYPESTATE_TYPE Result final {
  static_assert(!std::is_reference_v<T>, "reset_guard: Result<T> holds a value; a reference could outlive its object");
  static_assert(!std::is_same_v<T, Error> && !std::is_same_v<T, Errc> && !detail::is_result<T>,
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
#if defined(RESET_GUARD_TRAP_DROPPED)
  ~Result() {
    if (either_.failed() && !looked_.looked()) detail::trap_dropped(either_.error());
  }
#elif defined(__clang__)
  RESET_GUARD_NEEDS_LOOK RESET_GUARD_CONSTEXPR ~Result() {}  // never called on a failure that was not looked at
#endif

  /// A failure.
  constexpr Result(Error error) noexcept : either_(error) {}
  /// A success, from a value that a T is made of; a bool from a bool only.
  template <class U, std::enable_if_t<detail::means_success<U, Value>, int> = 0>
  constexpr Result(U&& value) noexcept : either_(Value(static_cast<U&&>(value))) {}
  /// A success, from a number.
  constexpr Result(std::conditional_t<detail::is_number<Value>, Value, detail::Unusable> value) noexcept
      : either_(RESET_GUARD_MOVE(value)) {}

  /// Internal: a success whose value is built in place, for a T that should not be moved.
  template <class... Arguments>
  constexpr explicit Result(detail::InPlace, Arguments&&... arguments) noexcept
      : either_(detail::InPlace(), static_cast<Arguments&&>(arguments)...) {}

  static void* operator new(std::size_t) = RESET_GUARD_DELETE("reset_guard: a result lives on the stack");
  static void* operator new[](std::size_t) = RESET_GUARD_DELETE("reset_guard: a result lives on the stack");

  /// Whether this is a failure. Changes nothing.
  RESET_GUARD_TELLS_FAILURE RESET_GUARD_NODISCARD("reset_guard: failed() only asks; put it in an if, and hand the error up")
  constexpr bool failed() const& noexcept {
    look();
    return either_.failed();
  }
  bool failed() const&& =
      RESET_GUARD_DELETE("reset_guard: the error would be lost with the temporary; name the result, then ask it");

  /// The error, out of a result that ends with it: `std::move(result).error()`.
  /// Requires: failed(). Traps otherwise, in release builds too.
  RESET_GUARD_TAKES_FAILURE RESET_GUARD_MUST_USE_FUNCTION("reset_guard: this drops the error; return it")
  constexpr Error error() && noexcept {
    look();
    if (!either_.failed()) trap("error() on a success: ask failed() first");
    return either_.error();
  }

  /// The value, out of a result that ends with it: `std::move(result).take()`.
  /// Requires: not failed(). Traps otherwise, in release builds too.
  RESET_GUARD_TAKES_SUCCESS RESET_GUARD_NODISCARD("reset_guard: this drops the value; keep it")
  constexpr T take() && noexcept {
    static_assert(!std::is_void_v<T>, "reset_guard: a Status has no value to take; use RESET_GUARD_CHECK");
    look();
    if (either_.failed()) trap("take() on a failure: ask failed() first, or use RESET_GUARD_TRY");
    return RESET_GUARD_MOVE(either_.value());
  }

  // Each of these ends the result, so each wants it moved.
  Error error() const& = RESET_GUARD_DELETE("reset_guard: say std::move(result).error()");
  T take() const& = RESET_GUARD_DELETE("reset_guard: say std::move(result).take()");
  void discard(const char*) const& = RESET_GUARD_DELETE("reset_guard: say std::move(result).discard(reason)");

  /// Drops the answer, whatever it is. There is no other way to drop one.
  /// `reason` is for readers, who find it when they search for discard.
  RESET_GUARD_TAKES_ANY constexpr void discard([[maybe_unused]] const char* reason) && noexcept { look(); }

 private:
  friend struct detail::ResultWord;
  constexpr Result(detail::ResultWord, detail::Word word) noexcept : either_(word) {}

#if defined(RESET_GUARD_TRAP_DROPPED)
  constexpr void look() const noexcept { looked_.look(); }
  detail::Looked looked_;
#else
  constexpr void look() const noexcept {}
#endif
  detail::Either<Value> either_;
};

/// What a function returns that went well and has no value to give.
/// Returns: a Status that is a success.
RESET_GUARD_MUST_USE RESET_GUARD_CONSTEXPR Status ok() noexcept { return Status(detail::Nothing{}); }

#if !defined(RESET_GUARD_TRAP_DROPPED)
static_assert(sizeof(void*) != 8 || sizeof(Status) == sizeof(Error));
#endif

}  // namespace reset_guard
