// A Chelsio T4 adapter: it gets stuck in an FLR unless bus mastering and MSI-X are on, since what is under way inside
// the chip must be able to leave it.
#pragma once

#include "firmware.hpp"

namespace sim {

class ChelsioFirmware final : public Firmware {
 public:
  using Firmware::Firmware;

  bool survives(const ConfigSpace& config, ResetKind kind, Duration) override {
    return kind != ResetKind::flr || ((config.command() & pci::command::bus_master) != 0 && config.msi_x_enabled());
  }
};

}  // namespace sim
