// Word: a success or an error in 16 bytes, as the library hands it from one function to the next, and keeps it.
#pragma once

#include <cstdint>

namespace reset_guard {

enum class Errc : std::uint8_t;

namespace detail {

// Two integers, so that it travels in two registers.
//
//   head   a success: up to 8 bytes of its value    an error: where it arose
//   tail   a success: up to 4 bytes of its value    an error: native, and above it the fields below
struct Word {
  const void* head;
  std::uint64_t tail;

  static constexpr unsigned at_serial = 32, at_later = 48, at_code = 56;
  static constexpr std::uint64_t recorded_bit = std::uint64_t{1} << 61;  // in a device's list: it has a serial
  static constexpr std::uint64_t unresolved_bit = std::uint64_t{1} << 62;
  static constexpr std::uint64_t failed_bit = std::uint64_t{1} << 63;

  static constexpr Word error(Errc code, std::int32_t native, const char* where) noexcept {
    return {where, failed_bit | std::uint64_t{static_cast<std::uint8_t>(code)} << at_code |
                       static_cast<std::uint32_t>(native)};
  }

  constexpr bool failed() const noexcept { return (tail & failed_bit) != 0; }

  // Of evidence: nothing was shown.
  static constexpr std::uint64_t claim_bit = std::uint64_t{1} << 62;
  constexpr bool claimed() const noexcept { return (tail & (failed_bit | claim_bit)) == claim_bit; }
  constexpr bool is_shown_evidence() const noexcept { return tail < claim_bit; }
  constexpr Word with_claim(bool claimed) const noexcept { return {head, tail | (claimed ? claim_bit : 0)}; }
  constexpr Word without_claim() const noexcept { return {head, tail & ~claim_bit}; }

  // Of an error.
  constexpr Errc code() const noexcept { return static_cast<Errc>(tail >> at_code & 0x1f); }
  constexpr unsigned later() const noexcept { return static_cast<unsigned>(tail >> at_later) & 0xff; }
  constexpr std::uint16_t serial() const noexcept { return static_cast<std::uint16_t>(tail >> at_serial); }
  constexpr bool is(Errc what) const noexcept { return code() == what && !unresolved(); }
  constexpr bool recorded() const noexcept { return (tail & recorded_bit) != 0; }
  constexpr bool unresolved() const noexcept { return (tail & unresolved_bit) != 0; }

  constexpr Word with_code(Errc code) const noexcept { return with(0x1f, at_code, static_cast<std::uint8_t>(code)); }
  constexpr Word with_later(unsigned later) const noexcept { return with(0xff, at_later, later < 255 ? later : 255); }
  constexpr Word with_serial(std::uint16_t serial) const noexcept {
    return {head, with(0xffff, at_serial, serial).tail | recorded_bit};
  }
  constexpr Word without_serial() const noexcept { return {head, tail & ~recorded_bit}; }
  constexpr Word with_unresolved() const noexcept { return {head, tail | unresolved_bit}; }

 private:
  constexpr Word with(std::uint64_t mask, unsigned at, std::uint64_t value) const noexcept {
    return {head, (tail & ~(mask << at)) | value << at};
  }
};

}  // namespace detail
}  // namespace reset_guard
