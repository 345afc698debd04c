/// Errors as std::error_code, and back: to_error_code(), from_error_code(), from_errno().
//
// A std::error_code is an int and a category. The int of this library's category holds an error's code, and above it
// the error's native, if that has at most 24 bits.
#pragma once

#include <cstdint>
#include <string>
#include <system_error>
#include <type_traits>

#include "../error.hpp"
#include "../move.hpp"
#include "../result.hpp"

namespace std {
/// An Errc can be compared with any std::error_code: `code == reset_guard::Errc::timed_out`.
template <>
struct is_error_condition_enum<reset_guard::Errc> : true_type {};
}  // namespace std

namespace reset_guard {

namespace detail {

constexpr int value_of(const Error& error) noexcept {
  constexpr std::int32_t limit = 1 << 23;
  const std::int32_t native = error.native() >= -limit && error.native() < limit ? error.native() : 0;
  return native * 256 + static_cast<int>(error.code());
}
constexpr Errc code_in(int value) noexcept { return static_cast<Errc>(value & 0xff); }
constexpr std::int32_t native_in(int value) noexcept { return (value - (value & 0xff)) / 256; }

// What means the same there. Out goes the first that matches.
struct Meaning {
  Errc code;
  std::errc condition;
};
inline constexpr Meaning meanings[] = {
    {Errc::unsupported, std::errc::operation_not_supported}, {Errc::timed_out, std::errc::timed_out},
    {Errc::busy, std::errc::device_or_resource_busy},        {Errc::io, std::errc::io_error},
    {Errc::no_memory, std::errc::not_enough_memory},         {Errc::gone, std::errc::no_such_device},
    {Errc::gone, std::errc::no_such_device_or_address},      {Errc::invalid, std::errc::invalid_argument},
};

// Of a code of any other category; Errc{} if it has no meaning here.
inline Errc meaning_of(const std::error_code& code) noexcept {
  for (const Meaning& meaning : meanings) {
    if (code == meaning.condition) return meaning.code;
  }
  return Errc{};
}

class ErrorCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "reset_guard"; }
  std::string message(int value) const override {
    const std::int32_t native = native_in(value);
    return to_string(code_in(value)) + (native != 0 ? " (" + std::to_string(native) + ")" : std::string());
  }
  std::error_condition default_error_condition(int value) const noexcept override {
    for (const Meaning& meaning : meanings) {
      if (meaning.code == code_in(value)) return meaning.condition;
    }
    return {value & 0xff, *this};
  }
  bool equivalent(const std::error_code& code, int condition) const noexcept override {
    return (code.category() == *this ? code_in(code.value()) : meaning_of(code)) == static_cast<Errc>(condition);
  }
};

}  // namespace detail

/// The category of the codes that to_error_code() makes. It is called "reset_guard".
/// Returns: always the same one, in one program.
inline const std::error_category& error_category() noexcept {
  static const detail::ErrorCategory category;
  return category;
}

/// What an Errc is in a comparison with a std::error_code. C++ calls it by itself.
inline std::error_condition make_error_condition(Errc code) noexcept {
  return {static_cast<int>(code), error_category()};
}

/// An error on its way to code that knows std::error_code only. No error converts by itself: something is lost.
/// Effects: code() is kept, and native() if it has at most 24 bits, sign included; otherwise it becomes 0. What is
/// lost: where(), cause() and later_errors(). Print the error first, or throw it with throw_error(), which keeps all.
/// Returns: a code of error_category(), never one that means a success. It is equal to the Errc, and to the std::errc
/// that means the same: `code == std::errc::timed_out`.
RESET_GUARD_MUST_USE_FUNCTION("reset_guard: this drops the error; return the std::error_code")
inline std::error_code to_error_code(Error error) noexcept {
  return {detail::value_of(error), error_category()};
}
/// The same with an answer, which ends with it.
/// Returns: std::error_code() for a success.
RESET_GUARD_MUST_USE_FUNCTION("reset_guard: this drops the answer; return the std::error_code")
inline std::error_code to_error_code(Status status) noexcept {
  if (!status.failed()) return {};
  return to_error_code(RESET_GUARD_MOVE(status).error());
}

namespace detail {

// It was thrown, or told by errno: a failure, whatever its value is.
inline Error error_of(const std::error_code& code, Literal where) noexcept {
  if (code.category() == error_category()) return Error(code_in(code.value()), native_in(code.value()), where);
  const Errc meaning = meaning_of(code);
  return Error(meaning == Errc::unsupported ? Errc::invalid : meaning, code.value(), where);
}

}  // namespace detail

/// What other code has said by a std::error_code, at `where`.
/// Returns: a success if its value is 0, as everywhere in C++.
/// Errors: what to_error_code() has kept, if it comes from there. Otherwise timed_out, busy, io, no_memory, gone or
/// invalid, if the code is equal to the std::errc that means it; and `invalid` if it has no meaning here. Its value is
/// native. None becomes `unsupported`, which would say that nothing was touched: only the caller knows that.
RESET_GUARD_MUST_USE inline Status from_error_code(const std::error_code& code, Literal where) noexcept {
  if (!code) return ok();
  return detail::error_of(code, where);
}

/// The error of a C function that has failed at `where`: `if (ioctl(...) < 0) return from_errno(errno, "ioctl");`
/// Requires: `number` is an errno, or a negative one as Linux returns it.
/// Returns: the Errc that from_error_code() finds for it, with `number` as native. It is an error for 0, too:
/// `invalid`.
RESET_GUARD_MUST_USE_FUNCTION("reset_guard: this drops the error; return it")
inline Error from_errno(int number, Literal where) noexcept {
  const int positive = number < 0 ? static_cast<int>(0u - static_cast<unsigned>(number)) : number;
  const std::error_code code(positive, std::generic_category());
  return Error(detail::error_of(code, where).code(), number, where);
}

}  // namespace reset_guard
