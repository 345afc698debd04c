// What is simulated for each quirk: the firmware, and what else the device does.
#pragma once

#include <cstdint>

#include "clock.hpp"
#include "firmware/chelsio.hpp"
#include "firmware/hinic.hpp"
#include "firmware/ivy_bridge_graphics.hpp"
#include "firmware/nvme.hpp"
#include "firmware/qualcomm.hpp"
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
  Duration longest;     // that a reset by its handler may take, whatever goes wrong
  const char* because;  // what that time is made of
  MakeFirmware firmware = make_firmware<Firmware>;
  bool virtual_function = false;
  bool flr = true;  // in Device Capabilities
  bool msi_x_enabled = true;
  bool no_soft_reset = false;
  std::uint32_t bar_0 = 0;  // where it lies; 0: where that of the base does
  bool on_root_bus = false;
  bool unreported_flr = false;          // FLR works, and Device Capabilities does not say so
  bool nvme_dies_when_enabled = false;  // in an FLR
  Duration settles_after{};             // an FLR, until it may be used, although it answers
};

// Of an FLR: 0.7 s for pending transactions, 0.1 s of quiet, 65 s to be ready.
inline constexpr Duration longest_flr = std::chrono::milliseconds(700 + 100) + std::chrono::seconds(65);

// Each device so that its handler matters.
constexpr QuirkModel model_of(pci::Quirk quirk) {
  using enum pci::Quirk;
  using namespace std::chrono_literals;
  switch (quirk) {
    case intel_82599_vf:
      return {.base = virtio_net_base,
              .class_code = 0x020000,
              .longest = longest_flr,
              .because = "flr",
              .virtual_function = true,
              .flr = false,
              .unreported_flr = true};
    case ivy_bridge_graphics:
      return {.base = edu_base,
              .class_code = 0x030000,
              .longest = 10s,
              .because = "10 s for the panel to go off; the reset takes no time",
              .firmware = make_firmware<IvyBridgeGraphicsFirmware>,
              .flr = false,
              .msi_x_enabled = false,
              .on_root_bus = true};
    case nvme_disable:
      return {.base = nvme_base,
              .class_code = pci::nvme::class_code,
              .longest = 8s + longest_flr,
              .because = "(CAP.TO + 1) x 500 ms = 8 s until not ready, then flr",
              .firmware = make_firmware<NvmeFirmware>,
              .nvme_dies_when_enabled = true};
    case nvme_delay:
      return {.base = nvme_base,
              .class_code = pci::nvme::class_code,
              .longest = longest_flr + 250ms,
              .because = "flr, and 250 ms to settle",
              .firmware = make_firmware<NvmeFirmware>,
              .settles_after = 250ms};
    case chelsio_t4:  // MSI-X off: as its driver leaves it when it goes
      return {.base = virtio_net_base,
              .class_code = 0x020000,
              .longest = longest_flr,
              .because = "flr; saving and restoring is accesses only",
              .firmware = make_firmware<ChelsioFirmware>,
              .msi_x_enabled = false};
    case hinic_vf:
      return {.base = virtio_net_base,
              .class_code = 0x020000,
              .longest = longest_flr + 15s,
              .because = "flr, and 15 s for the firmware to acknowledge it",
              .firmware = make_firmware<HinicFirmware>,
              .virtual_function = true};
    case qualcomm_wlan:
      return {.base = virtio_net_base,
              .class_code = 0x028000,
              .longest = 5s + 30ms,
              .because = "10 ms in reset, 10 ms out of it, 5 s to answer, 10 ms for its interface",
              .firmware = make_firmware<QualcommWlanFirmware>,
              .flr = false,
              .no_soft_reset = true,
              .bar_0 = 0xfd000000};
    case qualcomm_modem:
      return {.base = virtio_net_base,
              .class_code = 0xff0000,
              .longest = 2s,
              .because = "2 s in which nobody looks",
              .firmware = make_firmware<QualcommModemFirmware>,
              .flr = false,
              .no_soft_reset = true,
              .bar_0 = 0xfd000000};
  }
  pci::rg::trap("a quirk without a simulated device: add a case above");  // it is no constant, and so does not compile
}

namespace detail {
constexpr bool has_all_models() {
  for (const pci::QuirkEntry& entry : pci::quirks) {
    if (model_of(entry.quirk).longest == Duration{}) return false;
  }
  return true;
}
static_assert(has_all_models(), "a quirk without a bound: how long may its reset take?");
}  // namespace detail

}  // namespace sim
