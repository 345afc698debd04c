// What is simulated for each quirk: the firmware, and what else the device does.
#pragma once

#include <cstdint>

#include "clock.hpp"
#include "firmware/kinds.hpp"
#include "pci/id.hpp"
#include "pci/quirks.hpp"
#include "pci/registers.hpp"

namespace sim {

// Functions that there are bytes of.
inline constexpr pci::Id nvme_base{0x1b36, 0x0010};
inline constexpr pci::Id virtio_net_base{0x1af4, 0x1041};
inline constexpr pci::Id edu_base{0x1234, 0x11e8};
inline constexpr pci::Id root_port_base{0x1b36, 0x000c};

struct QuirkModel {
  pci::Id base;  // whose bytes it is made from
  std::uint32_t class_code;
  FirmwareKind firmware = FirmwareKind::none;
  bool virtual_function = false;
  bool flr = true;  // in Device Capabilities
  bool msi_x_enabled = true;
  bool no_soft_reset = false;
  std::uint32_t bar_0 = 0;  // where it lies; 0: where that of the base does
  bool on_root_bus = false;
  bool unreported_flr = false;         // FLR works, and Device Capabilities does not say so
  bool nvme_dies_when_enabled = false;  // in an FLR
  Duration settles_after{};            // an FLR, until it may be used, although it answers
};

// Each device so that its handler matters.
constexpr QuirkModel model_of(pci::Quirk quirk) {
  using enum pci::Quirk;
  switch (quirk) {
    case intel_82599_vf:
      return {.base = virtio_net_base, .class_code = 0x020000, .virtual_function = true, .flr = false,
              .unreported_flr = true};
    case ivy_bridge_graphics:
      return {.base = edu_base, .class_code = 0x030000, .firmware = FirmwareKind::ivy_bridge_graphics, .flr = false,
              .msi_x_enabled = false, .on_root_bus = true};
    case nvme_disable:
      return {.base = nvme_base, .class_code = pci::nvme::class_code, .firmware = FirmwareKind::nvme,
              .nvme_dies_when_enabled = true};
    case nvme_delay:
      return {.base = nvme_base, .class_code = pci::nvme::class_code, .firmware = FirmwareKind::nvme,
              .settles_after = std::chrono::milliseconds(250)};
    case chelsio_t4:  // MSI-X off: as its driver leaves it when it goes
      return {.base = virtio_net_base, .class_code = 0x020000, .firmware = FirmwareKind::chelsio,
              .msi_x_enabled = false};
    case hinic_vf:
      return {.base = virtio_net_base, .class_code = 0x020000, .firmware = FirmwareKind::hinic,
              .virtual_function = true};
    case qualcomm_wlan:
      return {.base = virtio_net_base, .class_code = 0x028000, .firmware = FirmwareKind::qualcomm_wlan, .flr = false,
              .no_soft_reset = true, .bar_0 = 0xfd000000};
    case qualcomm_modem:
      return {.base = virtio_net_base, .class_code = 0xff0000, .firmware = FirmwareKind::qualcomm_modem, .flr = false,
              .no_soft_reset = true, .bar_0 = 0xfd000000};
  }
  pci::rg::trap("a quirk without a simulated device: add a case above");  // it is no constant, and so does not compile
}

namespace detail {
constexpr bool has_all_models() {
  for (const pci::QuirkEntry& entry : pci::quirks) {
    if (model_of(entry.quirk).base == pci::Id{}) return false;
  }
  return true;
}
static_assert(has_all_models());
}  // namespace detail

}  // namespace sim
