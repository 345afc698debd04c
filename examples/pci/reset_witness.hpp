// ResetWitness: what tells a function that was reset from one that only answers again.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <utility>

#include "capability.hpp"
#include "function.hpp"
#include "registers.hpp"

namespace pci {

// Bits that software can set and every reset of a function clears (PCI Express Base 6.0, section 6.6.2): in Command,
// bus mastering, INTx Disable and the decodes; the enable bits of MSI-X. If none is set, one is set: INTx Disable, or
// the Function Mask of MSI-X. Those that are still set afterwards say that nothing happened: a write that got lost, or
// a device that ignores it.
//
// Linux leaves INTx Disable alone set, before any of its methods runs. A virtual function has bus mastering only: the
// other bits of its Command read 0, or as an emulator likes, and prove nothing. A bit that was set stays set when the
// reset
// fails: config space is the caller's to save and restore.
class ResetWitness {
 public:
  // Errors: what a refused write gives.
  template <Function F>
  RESET_GUARD_MUST_USE static rg::Result<ResetWitness> look(rg::ResetScope<F>& scope) {
    const F& function = scope.device();
    const auto command = read_surely<std::uint16_t>(function, header::command);
    if (command == all_ones<std::uint16_t>) return ResetWitness(header::command, 0, true);
    const unsigned physical = command::interrupt_disable | command::io_space | command::memory_space;
    const unsigned cleared = command::bus_master | (function.is_virtual_function() ? 0u : physical);
    if ((command & cleared) != 0) return ResetWitness(header::command, command & cleared);
    if (!function.is_virtual_function()) {
      RESET_GUARD_TRY(const unsigned planted, plant(scope, header::command, command::interrupt_disable));
      if (planted != 0) return ResetWitness(header::command, planted);
    }
    auto found = find_capability(function, msi_x::id);
    if (found.failed()) {
      std::move(found).discard("without MSI-X there is nothing to look at");
      return ResetWitness(header::command, 0);
    }
    const auto flags = static_cast<std::uint16_t>(std::move(found).take() + msi_x::flags);
    const auto value = read_surely<std::uint16_t>(function, flags);
    if (value == all_ones<std::uint16_t>) return ResetWitness(flags, 0);
    const unsigned enabled = value & (msi_x::enable | msi_x::function_mask);
    if (enabled != 0) return ResetWitness(flags, enabled);
    RESET_GUARD_TRY(const unsigned planted, plant(scope, flags, msi_x::function_mask));
    return ResetWitness(flags, planted);
  }

  // Requires: the function is ready again.
  // Returns: whether there was anything to see. A function that did not answer before, and does now, was reset.
  // Errors: gone; io, with the register as the native code, if a bit is still set.
  template <ConfigRead F>
  RESET_GUARD_MUST_USE rg::Result<bool> check(const F& function) const {
    const auto value = read_surely<std::uint16_t>(function, offset_);
    if (value == all_ones<std::uint16_t>) return rg::Error(rg::Errc::gone, 0, "look after the reset");
    if ((value & bits_) != 0) return rg::Error(rg::Errc::io, value, "the function kept its state");
    return bits_ != 0 || absent_;
  }

 private:
  ResetWitness(std::uint16_t offset, unsigned bits, bool absent = false) noexcept
      : offset_(offset), bits_(static_cast<std::uint16_t>(bits)), absent_(absent) {}

  // Sets a bit. Returns: the bit, if the function takes it, or 0.
  template <Function F>
  RESET_GUARD_MUST_USE static rg::Result<unsigned> plant(rg::ResetScope<F>& scope, std::uint16_t offset,
                                                         std::uint16_t bit) {
    F& function = scope.device();
    const auto value = read_surely<std::uint16_t>(function, offset);
    if (value == all_ones<std::uint16_t>) return 0u;
    scope.touch();
    RESET_GUARD_CHECK(function.write16(offset, value | bit));
    const auto planted = read_surely<std::uint16_t>(function, offset);
    return planted == all_ones<std::uint16_t> ? 0u : planted & unsigned{bit};
  }

  std::uint16_t offset_;
  std::uint16_t bits_;  // 0: there is nothing to look at
  bool absent_;
};

}  // namespace pci
