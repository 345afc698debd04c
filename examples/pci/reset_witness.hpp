// ResetWitness: a look at the device that tells a function that was reset from one that only answers again.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>

#include "capability.hpp"
#include "function.hpp"
#include "registers.hpp"

namespace pci {

// Every reset of a function clears the enable bits of its Command register (PCI Express Base 6.0, section 6.6.2). Bits
// that are still set afterwards say that nothing happened: a write that got lost, or a device that ignores it.
class ResetWitness {
 public:
  // Notes which enable bits are set. Where none is, or nobody answers, there will be nothing to see.
  template <ConfigRead F>
  explicit ResetWitness(const F& function) noexcept {
    const auto value = read_surely<std::uint16_t>(function, header::command);
    if (value != all_ones<std::uint16_t>) noted_ = value & enables;
  }

  // Whether there will be something to see.
  [[nodiscard]] bool can_tell() const noexcept { return noted_ != 0; }

  // Requires: the function is ready again. Errors: gone; io, with the Command register as the native code, if one of
  // the noted bits is still set.
  template <ConfigRead F>
  RESET_GUARD_MUST_USE rg::Status after(const F& function) const {
    const auto value = read_surely<std::uint16_t>(function, header::command);
    if (value == all_ones<std::uint16_t>) return rg::Error(rg::Errc::gone, 0, "look after the reset");
    if ((value & noted_) != 0) return rg::Error(rg::Errc::io, value, "the function kept its state");
    return rg::ok();
  }

 private:
  static constexpr std::uint16_t enables = command::io_space | command::memory_space | command::bus_master;

  std::uint16_t noted_ = 0;
};

}  // namespace pci
