/// Errc and Error: an error is a value that always means a failure.
#pragma once

#include <cstdint>
#include <type_traits>

/// The whole library. What is in `reset_guard::detail` is its own business.
namespace reset_guard {

/// What went wrong. There is no enumerator for success, and none has the value 0.
enum class Errc : std::uint8_t {
  unsupported = 1,   ///< this device cannot be reset this way, and nothing was touched
  touched,           ///< 'unsupported', said after the device had been touched: a failure
  timed_out,         ///< the device did not answer before the deadline
  busy,              ///< another owner holds the device
  io,                ///< an access to the device or to the platform failed
  no_memory,         ///< the platform could not allocate what the work needs
  gone,              ///< the device has left the bus: reads give all ones
  invalid,           ///< an argument was wrong, or a foreign code had no meaning here
  too_deep,          ///< one more nested scope than depth_limit
  hook_reentered,    ///< a scope was entered from inside the same device's prepare or done
  out_of_order,      ///< a scope finished before the one inside it, or was not its caller's to finish
  abandoned,         ///< a scope ended without finish()
  laundered,         ///< success was claimed over a failure that nothing resolved
  foreign_evidence,  ///< evidence of another device, of an earlier reset, or older than a failed reset step
  unfenced,          ///< done could not keep the device blocked
  not_recorded,      ///< supersede() named an error that the ledger does not hold
};

/// The enumerator's name, a literal, for messages; "?" for a value that is none.
constexpr const char* to_string(Errc code) noexcept {
  switch (code) {
    case Errc::unsupported: return "unsupported";
    case Errc::touched: return "touched";
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
    case Errc::laundered: return "laundered";
    case Errc::foreign_evidence: return "foreign_evidence";
    case Errc::unfenced: return "unfenced";
    case Errc::not_recorded: return "not_recorded";
  }
  return "?";
}

namespace detail {
class Ledger;
struct Success;
struct Word;
}  // namespace detail

/// An error as a value: trivially copyable, 16 bytes where a pointer has 8, and never 'no error'.
///
/// A recorded one carries the number by which ResetScope::supersede() knows it; its copies do, too.
class Error {
 public:
  /// An error that arose in `step_`, with the errno or device status behind it, or 0, in `native_`.
  /// Requires: `step_` lives for ever (a literal): only the pointer is kept; nullptr becomes "?".
  /// Effects: a code that is no enumerator becomes Errc::invalid: an unmapped number cannot turn into a success.
  constexpr Error(Errc code_, std::int32_t native_, const char* step_) noexcept
      : step(step_ != nullptr ? step_ : "?"),
        native(native_),
        serial_(0),
        later(0),
        code(code_ >= Errc::unsupported && code_ <= Errc::not_recorded ? code_ : Errc::invalid) {}

  const char* step;     ///< where it arose: a string that lives for ever
  std::int32_t native;  ///< the errno or device status behind it, kept as it came

 private:
  std::uint16_t serial_;  // 0: not recorded in a ledger

 public:
  std::uint8_t later;  ///< how many errors came after this one; stays at 255
  Errc code;           ///< what went wrong; if it is overwritten with 0 by hand, a Result makes it Errc::invalid

  /// Another error came after this one.
  constexpr void count_later() noexcept { later = static_cast<std::uint8_t>(later + (later != 255)); }

 private:
  friend class detail::Ledger;  // stamps the serial: only a recorded error can be named to supersede()
  friend struct detail::Success;
  friend struct detail::Word;
  struct None {};
  constexpr explicit Error(None) noexcept : step(nullptr), native(0), serial_(0), later(0), code() {}
};

static_assert(sizeof(void*) != 8 || sizeof(Error) == 16);
static_assert(std::is_trivially_copyable_v<Error> && !std::is_default_constructible_v<Error>);

namespace detail {
// What stands where an error would, when there is none.
struct Success {
  static constexpr Error error() noexcept { return Error(Error::None{}); }
};
}  // namespace detail

}  // namespace reset_guard
