// The Command register and the base address registers.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>

#include "capability.hpp"
#include "function.hpp"
#include "registers.hpp"

namespace pci {

// Changes bits of a 16-bit register: those of `clear` to 0, then those of `set` to 1. Nothing is written when they
// already are so.
// Errors: gone if the register reads all ones, since what would be written back then is not the device's; the write's
// own; io if the bits are not so afterwards.
template <ConfigAccess F>
RESET_GUARD_MUST_USE rg::Status change_bits16(F& function, std::uint16_t offset, std::uint16_t clear, std::uint16_t set,
                                              rg::Literal step) {
  const auto old = read_surely<std::uint16_t>(function, offset);
  if (old == all_ones<std::uint16_t>) return rg::Error(rg::Errc::gone, 0, step);
  const auto changed = static_cast<std::uint16_t>((old & ~clear) | set);
  if (changed == old) return rg::ok();
  RESET_GUARD_CHECK(function.write16(offset, changed));
  const auto taken = read_surely<std::uint16_t>(function, offset);
  if (((taken ^ changed) & (clear | set)) == 0) return rg::ok();
  return rg::Error(taken == all_ones<std::uint16_t> ? rg::Errc::gone : rg::Errc::io, taken, step);
}

// Switches bits of the Command register on, off. Errors: as change_bits16().
template <ConfigAccess F>
RESET_GUARD_MUST_USE rg::Status set_command(F& function, std::uint16_t bits) {
  return change_bits16(function, header::command, 0, bits, "set Command");
}
template <ConfigAccess F>
RESET_GUARD_MUST_USE rg::Status clear_command(F& function, std::uint16_t bits) {
  return change_bits16(function, header::command, bits, 0, "clear Command");
}

// Whether this is the port of a bus below, with other rules for its header.
template <ConfigRead F>
[[nodiscard]] bool is_bridge(const F& function) {
  return (read_surely<std::uint8_t>(function, header::header_type) & header::type_mask) == header::type_bridge;
}

// Where a memory BAR lies.
// Requires: index below 6.
// Returns: 0 where there is none: not implemented, not assigned (as after a reset), an I/O BAR, or one of a virtual
// function, whose BARs are in its physical function's SR-IOV capability.
// Errors: gone if the function does not answer.
template <ConfigRead F>
RESET_GUARD_MUST_USE rg::Result<std::uint64_t> memory_bar_address(const F& function, unsigned index) {
  const auto offset = static_cast<std::uint16_t>(header::bar + 4 * index);
  const auto low = read_surely<std::uint32_t>(function, offset);
  if (low == all_ones<std::uint32_t> && reads_as_absent(function)) return rg::Error(rg::Errc::gone, 0, "read BAR");
  if ((low & base_address::io) != 0) return std::uint64_t{0};
  std::uint64_t address = low & ~base_address::flags_mask;
  if ((low & base_address::type_mask) == base_address::type_64_bit) {
    address |= static_cast<std::uint64_t>(read_surely<std::uint32_t>(function, static_cast<std::uint16_t>(offset + 4)))
               << 32;
  }
  return address;
}

}  // namespace pci
