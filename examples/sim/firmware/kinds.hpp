// Which firmware a function has, as a value that can be kept in a table.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "chelsio.hpp"
#include "firmware.hpp"
#include "hinic.hpp"
#include "ivy_bridge_graphics.hpp"
#include "nvme.hpp"
#include "qualcomm.hpp"

namespace sim {

enum class FirmwareKind : std::uint8_t { none, hinic, ivy_bridge_graphics, nvme, chelsio, qualcomm_wlan, qualcomm_modem };

struct FirmwareOptions {
  FirmwareKind kind = FirmwareKind::none;
  Duration answers_after = std::chrono::milliseconds(150);
  bool hinic_flr_capable = true;
  std::uint8_t nvme_timeout_units = 15;
  bool nvme_dies_when_enabled = false;
};

inline std::unique_ptr<Firmware> make_firmware(const FirmwareOptions& options) {
  switch (options.kind) {
    case FirmwareKind::none: break;
    case FirmwareKind::hinic: return std::make_unique<HinicFirmware>(options.answers_after, options.hinic_flr_capable);
    case FirmwareKind::ivy_bridge_graphics: return std::make_unique<IvyBridgeGraphicsFirmware>(options.answers_after);
    case FirmwareKind::nvme:
      return std::make_unique<NvmeFirmware>(options.answers_after, options.nvme_timeout_units,
                                            options.nvme_dies_when_enabled);
    case FirmwareKind::chelsio: return std::make_unique<ChelsioFirmware>(options.answers_after);
    case FirmwareKind::qualcomm_wlan: return std::make_unique<QualcommWlanFirmware>(options.answers_after);
    case FirmwareKind::qualcomm_modem: return std::make_unique<QualcommModemFirmware>(options.answers_after);
  }
  return std::make_unique<Firmware>();
}

}  // namespace sim
