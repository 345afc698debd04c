// SavedConfig: what a reset clears in config space, kept over it.
#pragma once

#include <array>
#include <cstdint>

#include "function.hpp"
#include "pci/registers.hpp"

namespace upstream {

// The header and Device Control.
// Upstream's fault: restoring cannot fail; whether a register took its value is not looked at.
// Source: pci_save_state() and pci_restore_state() of Linux.
class SavedConfig {
 public:
  explicit SavedConfig(Hardware& hardware) : hardware_(hardware) {
    for (unsigned i = 0; i != header_.size(); ++i) header_[i] = read_config(hardware_, 4 * i, 4);
    if (express() != 0) device_control_ = read16(hardware_, express() + pci::express::device_control);
  }

  // From the end to the start: Command comes after the BARs.
  void restore() const {
    if (express() != 0) write16(hardware_, express() + pci::express::device_control, device_control_);
    for (auto i = static_cast<unsigned>(header_.size()); i-- != 0;) {
      if (read_config(hardware_, 4 * i, 4) != header_[i]) hardware_.write_config(4 * i, 4, header_[i]);
    }
  }

 private:
  unsigned express() const { return hardware_.enumerated().express; }

  Hardware& hardware_;
  std::array<std::uint32_t, pci::header::end / 4> header_{};
  std::uint16_t device_control_ = 0;
};

}  // namespace upstream
