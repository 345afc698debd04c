// Finding capabilities: the list in the first 256 bytes, the extended one above it, and DVSECs in that.
//
// A device that does not answer reads all ones, and all ones is never a capability: the answer is then `gone`, or
// `invalid` where only the list is broken, and not `unsupported`.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <utility>

#include "function.hpp"
#include "registers.hpp"

namespace pci {

// Reads a register. All ones is what a lost access reads, too, and not yet a function that is gone: it is looked at
// again, three times in all.
template <class Unsigned, ConfigRead F>
[[nodiscard]] Unsigned read_surely(const F& function, std::uint16_t offset) {
  Unsigned value = all_ones<Unsigned>;
  for (unsigned look = 0; look != 3 && value == all_ones<Unsigned>; ++look) {
    if constexpr (sizeof(Unsigned) == 1) value = function.read8(offset);
    if constexpr (sizeof(Unsigned) == 2) value = function.read16(offset);
    if constexpr (sizeof(Unsigned) == 4) value = function.read32(offset);
  }
  return value;
}

// Reads a register behind a BAR until two reads in succession agree; of all ones, three. Firmware that is busy may show
// for a moment what is not so. A register that never stands still gives its eighth value.
template <class Registers>
[[nodiscard]] std::uint32_t read_surely(Registers& registers, std::uint32_t offset) {
  std::uint32_t value = registers.read32(offset);
  unsigned agree = 1;
  for (unsigned looks = 1; looks != 8 && agree != (value == all_ones<std::uint32_t> ? 3u : 2u); ++looks) {
    const std::uint32_t again = registers.read32(offset);
    agree = again == value ? agree + 1 : 1;
    value = again;
  }
  return value;
}

// Whether the function does not answer. The Command register, because a virtual function's ids read as if it did not.
template <ConfigRead F>
[[nodiscard]] bool reads_as_absent(const F& function) {
  return read_surely<std::uint16_t>(function, header::command) == all_ones<std::uint16_t>;
}

namespace detail {

// Without a device there is no list; with one, the list itself is wrong.
template <ConfigRead F>
rg::Error broken_list(const F& function, rg::Literal step) {
  return rg::Error(reads_as_absent(function) ? rg::Errc::gone : rg::Errc::invalid, 0, step);
}

// The offset of the first capability of which `wanted(id)` is true.
template <ConfigRead F, class Wanted>
RESET_GUARD_MUST_USE rg::Result<std::uint16_t> walk_capabilities(const F& function, Wanted wanted) {
  static constexpr rg::Literal step = "capability list";
  constexpr unsigned most = (conventional_config_size - header::end) / 4;
  const auto status = read_surely<std::uint16_t>(function, header::status);
  if (status == all_ones<std::uint16_t>) return broken_list(function, step);
  if ((status & status::capabilities_list) == 0) return rg::Error(rg::Errc::unsupported, 0, step);

  auto pointer = read_surely<std::uint8_t>(function, header::capabilities_pointer);
  for (unsigned seen = 0;; ++seen) {
    if (pointer == all_ones<std::uint8_t>) return broken_list(function, step);
    // The lowest two bits are reserved and to be masked (PCI Local Bus 3.0, section 6.7).
    const std::uint16_t offset = pointer & 0xfcu;
    if (offset == 0) return rg::Error(rg::Errc::unsupported, 0, step);
    if (offset < header::end || seen == most) return broken_list(function, step);
    const auto entry = read_surely<std::uint16_t>(function, offset);
    const std::uint8_t id = entry & 0xffu;
    if (id == all_ones<std::uint8_t>) return broken_list(function, step);
    if (wanted(id)) return offset;
    pointer = static_cast<std::uint8_t>(entry >> 8);
  }
}

// The offset of the first extended capability of which `wanted(id, offset)` is true.
template <ConfigRead F, class Wanted>
RESET_GUARD_MUST_USE rg::Result<std::uint16_t> walk_extended_capabilities(const F& function, Wanted wanted) {
  static constexpr rg::Literal step = "extended capability list";
  constexpr unsigned most = (extended_config_size - extended::start) / 8;
  std::uint16_t offset = extended::start;
  for (unsigned seen = 0; seen != most; ++seen) {
    const auto entry = read_surely<std::uint32_t>(function, offset);
    if (entry == all_ones<std::uint32_t>) {
      // At the start: a function with 256 bytes only.
      if (offset == extended::start && !reads_as_absent(function)) return rg::Error(rg::Errc::unsupported, 0, step);
      return broken_list(function, step);
    }
    const std::uint16_t id = entry & 0xffffu;
    if (entry != 0 && wanted(id, offset)) return offset;
    offset = entry >> 20 & 0xffcu;
    if (offset == 0) return rg::Error(rg::Errc::unsupported, 0, step);
    if (offset < extended::start) return broken_list(function, step);
  }
  return broken_list(function, step);
}

// The status of a walk that looked for nothing.
RESET_GUARD_MUST_USE inline rg::Status ran_to_the_end(rg::Result<std::uint16_t> walked) {
  if (!walked.failed()) {
    std::move(walked).discard("nothing was wanted, so nothing can have been found");
    return rg::ok();
  }
  const rg::Error error = std::move(walked).error();
  if (error.code() != rg::Errc::unsupported) return error;
  return rg::ok();
}

}  // namespace detail

// Finds the capability `id`.
// Returns: its offset in config space.
// Errors: unsupported if the function has none; gone if it does not answer; invalid for a list with a loop or with a
// pointer out of range.
template <ConfigRead F>
RESET_GUARD_MUST_USE rg::Result<std::uint16_t> find_capability(const F& function, std::uint8_t id) {
  return detail::walk_capabilities(function, [id](std::uint8_t seen) { return seen == id; });
}

// Finds the extended capability `id`; the rest as find_capability().
template <ConfigRead F>
RESET_GUARD_MUST_USE rg::Result<std::uint16_t> find_extended_capability(const F& function, std::uint16_t id) {
  return detail::walk_extended_capabilities(function, [id](std::uint16_t seen, std::uint16_t) { return seen == id; });
}

// Finds the Designated Vendor-Specific Extended Capability `id` of `vendor`; the rest as find_capability().
template <ConfigRead F>
RESET_GUARD_MUST_USE rg::Result<std::uint16_t> find_dvsec(const F& function, std::uint16_t vendor, std::uint16_t id) {
  return detail::walk_extended_capabilities(function, [&](std::uint16_t seen, std::uint16_t offset) {
    const auto at = [offset](unsigned field) { return static_cast<std::uint16_t>(offset + field); };
    return seen == dvsec::id && read_surely<std::uint16_t>(function, at(dvsec::vendor)) == vendor &&
           read_surely<std::uint16_t>(function, at(dvsec::dvsec_id)) == id;
  });
}

// Walks both lists to their ends.
// Errors: gone if the function does not answer; invalid for a loop or a pointer out of range.
template <ConfigRead F>
RESET_GUARD_MUST_USE rg::Status check_capability_list(const F& function) {
  RESET_GUARD_CHECK(detail::ran_to_the_end(detail::walk_capabilities(function, [](std::uint8_t) { return false; })));
  return detail::ran_to_the_end(
      detail::walk_extended_capabilities(function, [](std::uint16_t, std::uint16_t) { return false; }));
}

}  // namespace pci
