// SavedConfig: what software had set up in a function's config space, kept over a reset that clears it.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "capability.hpp"
#include "config.hpp"
#include "function.hpp"
#include "registers.hpp"

namespace pci {

// Saved are the registers that software owns: Command, the BARs, the ROM address, cache line size, latency timer and
// interrupt line; of a bridge also its bus numbers, windows and bridge control; and the control registers of the PCI
// Express, power management, MSI and MSI-X capabilities. What lies behind the BARs (the MSI-X table, say) is not.
class SavedConfig {
 public:
  // Reads the registers. Nothing is written.
  // Errors: gone if the function does not answer, or no longer does at the end; invalid for a broken capability list.
  template <ConfigRead F>
  RESET_GUARD_MUST_USE static rg::Result<SavedConfig> save(const F& function) {
    SavedConfig saved;
    RESET_GUARD_CHECK(saved.add_express(function));
    RESET_GUARD_CHECK(saved.add_header(function));
    RESET_GUARD_CHECK(saved.add_power_management(function));
    RESET_GUARD_CHECK(saved.add_msi(function));
    RESET_GUARD_CHECK(saved.add_msi_x(function));
    // Last, and so restored last: memory decode and bus mastering need everything else in its place.
    saved.add<std::uint16_t>(function, header::command, "restore Command");
    if (saved.last() == all_ones<std::uint16_t>) return rg::Error(rg::Errc::gone, 0, "save config");
    return saved;
  }

  // Writes back what differs, and reads each register again to see that it stayed.
  // Effects: goes on after a failure, so that as much as possible is restored.
  // Errors: gone if the function does not answer, and then nothing is written; the first write that failed; io for a
  // register that did not take its value. How many failures came after the first is in the error's `later`.
  template <ConfigAccess F>
  RESET_GUARD_MUST_USE rg::Status restore(F& function) const {
    if (reads_as_absent(function)) return rg::Error(rg::Errc::gone, 0, "restore config");
    std::optional<rg::Error> first;
    for (unsigned i = 0; i != count_; ++i) {
      rg::Status status = put_back(function, registers_[i]);
      rg::Status so_far = first ? rg::first_error(rg::Status(*first), std::move(status)) : std::move(status);
      if (so_far.failed()) first = std::move(so_far).error();
    }
    if (first) return *first;
    return rg::ok();
  }

 private:
  struct Register {
    rg::Literal name = "";
    std::uint32_t value;
    std::uint16_t offset;
    std::uint8_t width;
  };

  SavedConfig() noexcept = default;

  template <class Unsigned, ConfigAccess F>
  RESET_GUARD_MUST_USE static rg::Status put_back_as(F& function, const Register& saved) {
    const auto value = static_cast<Unsigned>(saved.value);
    if (read_surely<Unsigned>(function, saved.offset) == value) return rg::ok();
    for (unsigned time = 0; time != 3; ++time) {  // a write may be lost
      if constexpr (sizeof(Unsigned) == 1) RESET_GUARD_CHECK(function.write8(saved.offset, value));
      if constexpr (sizeof(Unsigned) == 2) RESET_GUARD_CHECK(function.write16(saved.offset, value));
      if constexpr (sizeof(Unsigned) == 4) RESET_GUARD_CHECK(function.write32(saved.offset, value));
      if (read_surely<Unsigned>(function, saved.offset) == value) return rg::ok();
    }
    return rg::Error(reads_as_absent(function) ? rg::Errc::gone : rg::Errc::io, 0, saved.name);
  }

  template <ConfigAccess F>
  RESET_GUARD_MUST_USE static rg::Status put_back(F& function, const Register& saved) {
    switch (saved.width) {
      case 1: return put_back_as<std::uint8_t>(function, saved);
      case 2: return put_back_as<std::uint16_t>(function, saved);
      default: return put_back_as<std::uint32_t>(function, saved);
    }
  }

  std::uint32_t last() const noexcept { return registers_[count_ - 1].value; }

  template <class Unsigned, ConfigRead F>
  void add(const F& function, unsigned offset, rg::Literal name) {
    const auto at = static_cast<std::uint16_t>(offset);
    registers_[count_++] = Register{name, read_surely<Unsigned>(function, at), at, sizeof(Unsigned)};
  }

  template <ConfigRead F>
  RESET_GUARD_MUST_USE rg::Status add_header(const F& function) {
    add<std::uint8_t>(function, header::cache_line_size, "restore cache line size");
    add<std::uint8_t>(function, header::latency_timer, "restore latency timer");
    add<std::uint8_t>(function, header::interrupt_line, "restore interrupt line");
    const bool bridge = is_bridge(function);
    const unsigned bars_end = bridge ? unsigned{bridge::primary_bus} : header::bar + 6 * 4u;
    for (unsigned offset = header::bar; offset != bars_end; offset += 4) {
      add<std::uint32_t>(function, offset, "restore BAR");
    }
    if (!bridge) {
      add<std::uint32_t>(function, header::expansion_rom, "restore ROM address");
      return rg::ok();
    }
    // The bus numbers, without the latency timer above them; I/O base and limit, without the status above them.
    add<std::uint16_t>(function, bridge::primary_bus, "restore bus numbers");
    add<std::uint8_t>(function, bridge::subordinate_bus, "restore bus numbers");
    add<std::uint16_t>(function, bridge::windows, "restore bridge windows");
    for (unsigned offset = bridge::windows + 4u; offset != header::capabilities_pointer; offset += 4) {
      add<std::uint32_t>(function, offset, "restore bridge windows");
    }
    add<std::uint32_t>(function, bridge::expansion_rom, "restore ROM address");
    add<std::uint16_t>(function, bridge::control, "restore bridge control");
    return rg::ok();
  }

  // The capability, or nothing where there is none.
  template <ConfigRead F>
  RESET_GUARD_MUST_USE static rg::Result<std::optional<std::uint16_t>> find(const F& function, std::uint8_t id) {
    auto found = find_capability(function, id);
    if (!found.failed()) return std::optional<std::uint16_t>(std::move(found).take());
    const rg::Error error = std::move(found).error();
    if (error.code() != rg::Errc::unsupported) return error;
    return std::optional<std::uint16_t>();
  }

  template <ConfigRead F>
  RESET_GUARD_MUST_USE rg::Status add_express(const F& function) {
    RESET_GUARD_TRY(const auto found, find(function, express::id));
    if (!found) return rg::ok();
    const unsigned version = read_surely<std::uint16_t>(function, static_cast<std::uint16_t>(*found + 2u)) & 0xfu;
    add<std::uint16_t>(function, *found + express::device_control, "restore Device Control");
    // Damaged bytes must not start an FLR. In a bridge that bit has another meaning.
    if (!is_bridge(function)) registers_[count_ - 1].value &= ~std::uint32_t{express::initiate_function_level_reset};
    add<std::uint16_t>(function, *found + express::link_control, "restore Link Control");
    if (is_bridge(function)) add<std::uint16_t>(function, *found + express::slot_control, "restore Slot Control");
    if (version < 2) return rg::ok();  // version 1 ends here, and other capabilities may begin
    add<std::uint16_t>(function, *found + express::device_control_2, "restore Device Control 2");
    add<std::uint16_t>(function, *found + express::link_control_2, "restore Link Control 2");
    return rg::ok();
  }

  template <ConfigRead F>
  RESET_GUARD_MUST_USE rg::Status add_power_management(const F& function) {
    RESET_GUARD_TRY(const auto found, find(function, power_management::id));
    if (found) add<std::uint16_t>(function, *found + power_management::control_status, "restore PMCSR");
    return rg::ok();
  }

  template <ConfigRead F>
  RESET_GUARD_MUST_USE rg::Status add_msi(const F& function) {
    RESET_GUARD_TRY(const auto found, find(function, msi::id));
    if (!found) return rg::ok();
    const auto flags = read_surely<std::uint16_t>(function, static_cast<std::uint16_t>(*found + msi::flags));
    const unsigned data = msi::address + ((flags & msi::address_64_bit) != 0 ? 8u : 4u);
    for (unsigned offset = msi::address; offset != data; offset += 4) {
      add<std::uint32_t>(function, *found + offset, "restore MSI address");
    }
    add<std::uint16_t>(function, *found + data, "restore MSI data");
    if ((flags & msi::per_vector_masking) != 0) add<std::uint32_t>(function, *found + data + 4, "restore MSI mask");
    // After the address: an enabled MSI without one would write anywhere.
    add<std::uint16_t>(function, *found + msi::flags, "restore MSI flags");
    return rg::ok();
  }

  template <ConfigRead F>
  RESET_GUARD_MUST_USE rg::Status add_msi_x(const F& function) {
    RESET_GUARD_TRY(const auto found, find(function, msi_x::id));
    if (found) add<std::uint16_t>(function, *found + msi_x::flags, "restore MSI-X flags");
    return rg::ok();
  }

  // At most 24 of the header, 5 of PCI Express, 1 of power management, 5 of MSI, 1 of MSI-X.
  std::array<Register, 40> registers_{};
  unsigned count_ = 0;
};

}  // namespace pci
