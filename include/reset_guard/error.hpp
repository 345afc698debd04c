/// Errc and Error: an error is a value that always means a failure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "attributes.hpp"
#include "word.hpp"

/// The whole library. What is in `reset_guard::detail` is its own business.
namespace reset_guard {

/// What went wrong. There is no enumerator for success, and none has the value 0.
enum class Errc : std::uint8_t {
  unsupported = 1,     ///< this device cannot be reset this way, and nothing was touched
  already_touched,     ///< 'unsupported', said after the device had been touched: a failure
  timed_out,           ///< the device did not answer before the deadline
  busy,                ///< another owner holds the device
  io,                  ///< an access to the device or to the platform failed
  no_memory,           ///< the platform could not allocate what the work needs
  gone,                ///< the device has left the bus: reads give all ones
  invalid,             ///< an argument was wrong, or a foreign code had no meaning here
  too_deep,            ///< one more nested scope than depth_limit
  hook_reentered,      ///< a scope was entered from inside the same device's prepare or done
  out_of_order,        ///< a scope ended before the one inside it, or was finished after it had ended
  abandoned,           ///< a scope ended without finish()
  unresolved_failure,  ///< success was claimed over a failure that nothing resolved; Error::cause() is its code
  invalid_evidence,    ///< evidence of another device, reset or scope, or older than a failed reset step
  unfenced,            ///< done could not keep the device fenced
  not_recorded,        ///< overrule() named an error that is no failure of this reset
  not_shown,           ///< a claim, where something has to be shown: a quarantine ends with a verified reset
};

/// The enumerator's name, a literal, for messages; "?" for a value that is none.
constexpr const char* to_string(Errc code) noexcept {
  switch (code) {
    case Errc::unsupported: return "unsupported";
    case Errc::already_touched: return "already_touched";
    case Errc::timed_out: return "timed_out";
    case Errc::busy: return "busy";
    case Errc::io: return "io";
    case Errc::no_memory: return "no_memory";
    case Errc::gone: return "gone";
    case Errc::invalid: return "invalid";
    case Errc::too_deep: return "too_deep";
    case Errc::hook_reentered: return "hook_reentered";
    case Errc::out_of_order: return "out_of_order";
    case Errc::abandoned: return "abandoned";
    case Errc::unresolved_failure: return "unresolved_failure";
    case Errc::invalid_evidence: return "invalid_evidence";
    case Errc::unfenced: return "unfenced";
    case Errc::not_recorded: return "not_recorded";
    case Errc::not_shown: return "not_shown";
  }
  return "?";
}

/// A text that lives as long as the program: a string literal converts to it, and a `const char*` does not.
/// In C++20 nothing but a constant converts; in C++17 a local array of characters is not refused.
class Literal {
 public:
  /// The text of a literal.
  template <std::size_t size>
  RESET_GUARD_CONSTEVAL Literal(const char (&text)[size]) noexcept : text_(text) {}

  /// Of a string that is no literal: a name in a table, say. nullptr becomes "?".
  /// Requires: it lives as long as the program, which nothing checks.
  static constexpr Literal unchecked(const char* text) noexcept {
    Literal literal("?");
    if (text != nullptr) literal.text_ = text;
    return literal;
  }

  /// The literal, where a C string is wanted.
  constexpr operator const char*() const noexcept { return text_; }

 private:
  const char* text_;
};

namespace detail {
struct ErrorAccess;
}

/// An error as a value: read-only, trivially copyable, 16 bytes where a pointer has 8, and never 'no error'.
///
/// A recorded one carries the number by which ResetScope::overrule() knows it; its copies do, too.
class RESET_GUARD_NODISCARD("reset_guard: this drops an error; return it") Error {
 public:
  /// An error that arose in `where`, with the errno or device status behind it, or 0, in `native`.
  /// Effects: a code that is no enumerator becomes Errc::invalid: an unmapped number cannot turn into a success.
  RESET_GUARD_NODISCARD("reset_guard: this drops an error; return it")
  constexpr Error(Errc code, std::int32_t native, Literal where) noexcept
      : word_(detail::Word::error(code >= Errc::unsupported && code <= Errc::not_shown ? code : Errc::invalid, native,
                                  where)) {}

  /// What went wrong.
  constexpr Errc code() const noexcept { return word_.unresolved() ? Errc::unresolved_failure : word_.code(); }
  /// The same; of an unresolved_failure what had gone wrong.
  constexpr Errc cause() const noexcept { return word_.code(); }
  /// The errno or device status behind it, as it came.
  constexpr std::int32_t native() const noexcept { return static_cast<std::int32_t>(word_.tail & 0xffffffff); }
  /// Where it arose: a string that lives as long as the program.
  constexpr const char* where() const noexcept { return static_cast<const char*>(word_.head); }
  /// How many errors came after this one; stays at 255.
  constexpr unsigned later_errors() const noexcept { return word_.later(); }

 private:
  friend struct detail::ErrorAccess;
  constexpr explicit Error(detail::Word word) noexcept : word_(word) {}

  detail::Word word_;
};

static_assert(sizeof(void*) != 8 || sizeof(Error) == 16);
static_assert(std::is_trivially_copyable_v<Error> && !std::is_default_constructible_v<Error>);

namespace detail {

// The word that an error is.
struct ErrorAccess {
  static constexpr Word word(const Error& error) noexcept { return error.word_; }
  static constexpr Error error(Word word) noexcept { return Error(word); }
};

// 'Unsupported' says that nothing was touched: said by whom something was touched, it is another error.
constexpr Word after_touch(Word error) noexcept {
  return error.code() == Errc::unsupported ? error.with_code(Errc::already_touched) : error;
}

}  // namespace detail
}  // namespace reset_guard
