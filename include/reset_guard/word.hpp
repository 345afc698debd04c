// Word: a success or an error in 16 bytes, as the library hands it from one function to the next.
#pragma once

#include <cstdint>

#include "error.hpp"

namespace reset_guard::detail {

// It travels in two registers, and is two integers: an Error's five members g++ takes apart and puts together again
// wherever one is handed on (30 instructions for each reset).
//
//   head   a success: up to 8 bytes of its value    an error: its step
//   tail   a success: up to 4 bytes of its value    an error: native, and above it serial, later, code; bit 63
struct Word {
  const void* head;
  std::uint64_t tail;

  static constexpr std::uint64_t is_error = std::uint64_t{1} << 63;
  constexpr bool failed() const noexcept { return (tail & is_error) != 0; }

  static constexpr Word of(const Error& error) noexcept {
    return {error.step, is_error | std::uint64_t{static_cast<std::uint8_t>(error.code)} << 56 |
                            std::uint64_t{error.later} << 48 | std::uint64_t{error.serial_} << 32 |
                            static_cast<std::uint32_t>(error.native)};
  }
  constexpr Error error() const noexcept {  // Success::error() for a success
    Error error = Success::error();
    if (!failed()) return error;
    error.step = static_cast<const char*>(head);
    error.native = static_cast<std::int32_t>(tail & 0xffffffff);
    error.serial_ = static_cast<std::uint16_t>(tail >> 32 & 0xffff);
    error.later = static_cast<std::uint8_t>(tail >> 48 & 0xff);
    error.code = static_cast<Errc>(tail >> 56 & 0x7f);
    if (error.code == Errc{}) error.code = Errc::invalid;  // overwritten with 0 by hand: still a failure
    return error;
  }
};

}  // namespace reset_guard::detail
