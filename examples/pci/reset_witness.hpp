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
// the Function Mask of MSI-X. Those that are still set afterwards say that nothing happened: a write that got lost, or a
// device that ignores it.
//
// Linux leaves INTx Disable alone set, before any of its methods runs. The decodes of a virtual function are bits of its
// physical function: they read 0, or as an emulator likes, and prove nothing.
class ResetWitness {
 public:
  template <Function F>
  explicit ResetWitness(rg::ResetScope<F>& scope) {
    F& function = scope.device();
    const auto command = read_surely<std::uint16_t>(function, header::command);
    if (command == all_ones<std::uint16_t>) {
      absent_ = true;
      return;
    }
    const auto decodes = static_cast<std::uint16_t>(command::io_space | command::memory_space);
    const auto cleared = static_cast<std::uint16_t>(command::bus_master | command::interrupt_disable |
                                                    (function.is_virtual_function() ? 0 : decodes));
    if (note(header::command, command & cleared)) return;
    if (!function.is_virtual_function() && plant(scope, header::command, command::interrupt_disable)) return;
    auto found = find_capability(function, msi_x::id);
    if (found.failed()) {
      std::move(found).discard("without MSI-X there is nothing to look at");
      return;
    }
    const auto flags = static_cast<std::uint16_t>(std::move(found).take() + msi_x::flags);
    const auto value = read_surely<std::uint16_t>(function, flags);
    if (value == all_ones<std::uint16_t>) return;
    if (note(flags, value & (msi_x::enable | msi_x::function_mask))) return;
    plant(scope, flags, msi_x::function_mask);
  }

  // Requires: the function is ready again.
  // Returns: whether there was anything to see. A function that did not answer before, and does now, was reset.
  // Errors: gone; io, with the register as the native code, if a bit is still set.
  template <ConfigRead F>
  RESET_GUARD_MUST_USE rg::Result<bool> check(const F& function) const {
    const auto value = read_surely<std::uint16_t>(function, bits_ != 0 ? offset_ : header::command);
    if (value == all_ones<std::uint16_t>) return rg::Error(rg::Errc::gone, 0, "look after the reset");
    if ((value & bits_) != 0) return rg::Error(rg::Errc::io, value, "the function kept its state");
    return bits_ != 0 || absent_;
  }

 private:
  bool note(std::uint16_t offset, unsigned bits) noexcept {
    offset_ = offset;
    bits_ = static_cast<std::uint16_t>(bits);
    return bits != 0;
  }

  // Sets a bit, if the function takes it.
  template <Function F>
  bool plant(rg::ResetScope<F>& scope, std::uint16_t offset, std::uint16_t bit) {
    F& function = scope.device();
    const auto value = read_surely<std::uint16_t>(function, offset);
    if (value == all_ones<std::uint16_t>) return false;
    scope.touch();
    function.write16(offset, value | bit).discard("whether the bit is set is read back");
    const auto planted = read_surely<std::uint16_t>(function, offset);
    return planted != all_ones<std::uint16_t> && note(offset, planted & bit);
  }

  std::uint16_t offset_ = 0;
  std::uint16_t bits_ = 0;
  bool absent_ = false;
};

}  // namespace pci
