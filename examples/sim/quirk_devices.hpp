// One simulated device for each entry of the quirk table.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "image.hpp"
#include "patch.hpp"
#include "pci/id.hpp"

namespace sim {

struct QuirkDevice {
  const char* name;           // for a person
  std::vector<Image> images;  // the port above, if it has one, and the device, which alone is `requested`
};

namespace detail {

inline constexpr pci::Id nvme_base{0x1b36, 0x0010};
inline constexpr pci::Id virtio_net_base{0x1af4, 0x1041};
inline constexpr pci::Id edu_base{0x1234, 0x11e8};
inline constexpr pci::Id root_port_base{0x1b36, 0x000c};

struct QuirkEntry {
  const char* name;
  pci::Id id;
  std::uint32_t class_code;
  pci::Id base;
  bool virtual_function;
  bool flr;  // in Device Capabilities
  bool msi_x_enabled;
  bool on_root_bus;
  bool power_control = false;  // by the platform
};

inline constexpr QuirkEntry quirk_entries[] = {
    // The virtual function does not report FLR, although it has it.
    {"Intel 82599 SFP virtual function", {0x8086, 0x10ed}, 0x020000, virtio_net_base, true, false, true, false},
    {"Intel Ivy Bridge graphics, mobile", {0x8086, 0x0156}, 0x030000, edu_base, false, false, false, true},
    {"Intel Ivy Bridge graphics, mobile GT2", {0x8086, 0x0166}, 0x030000, edu_base, false, false, false, true},
    {"Samsung SM961 NVMe", {0x144d, 0xa804}, 0x010802, nvme_base, false, true, true, false},
    {"Intel DC P3700 NVMe", {0x8086, 0x0953}, 0x010802, nvme_base, false, true, true, false},
    {"Intel DC P4500 NVMe", {0x8086, 0x0a54}, 0x010802, nvme_base, false, true, true, false},
    {"Solidigm P44 Pro NVMe", {0x025e, 0xf1ac}, 0x010802, nvme_base, false, true, true, false},
    // MSI-X off: as its driver leaves it when it goes.
    {"Chelsio T4 network adapter", {0x1425, 0x4401}, 0x020000, virtio_net_base, false, true, false, false},
    {"Huawei HiNIC virtual function", {0x19e5, 0x375e}, 0x020000, virtio_net_base, true, true, true, false},
    // Nothing but a power cycle resets them.
    {"Qualcomm WiFi adapter, WCN6855", {0x17cb, 0x1103}, 0x028000, virtio_net_base, false, false, true, false, true},
    {"Qualcomm WiFi adapter, WCN7850", {0x17cb, 0x1107}, 0x028000, virtio_net_base, false, false, true, false, true},
    {"Qualcomm modem, SDX62", {0x17cb, 0x0308}, 0xff0000, virtio_net_base, false, false, true, false, true},
};

inline const Image* find_image(std::span<const Image> images, pci::Id id) noexcept {
  for (const Image& image : images) {
    if (image.id() == id) return &image;
  }
  return nullptr;
}

}  // namespace detail

// What: the twelve devices, made from real bytes.
// Requires: `bases` holds an NVMe controller 1b36:0010, a virtio-net 1af4:1041, an edu 1234:11e8 and a root port
// 1b36:000c.
// Errors: invalid, and `why` says which base is missing.
RESET_GUARD_MUST_USE inline rg::Result<std::vector<QuirkDevice>> quirk_devices(std::span<const Image> bases,
                                                                               InputError& why) {
  constexpr pci::Address port_address{0, 0x00, 0x01, 0};
  constexpr pci::Address below_port{0, 0x01, 0x00, 0};
  constexpr pci::Address virtual_below_port{0, 0x01, 0x10, 1};
  constexpr pci::Address graphics{0, 0x00, 0x02, 0};

  const Image* port = detail::find_image(bases, detail::root_port_base);
  std::vector<QuirkDevice> devices;
  for (const detail::QuirkEntry& entry : detail::quirk_entries) {
    const Image* base = detail::find_image(bases, entry.base);
    if (base == nullptr || port == nullptr) {
      why = InputError{entry.name, "the bytes that it is made from are not there",
                       "load 1b36:0010, 1af4:1041, 1234:11e8 and 1b36:000c"};
      return rg::Error(rg::Errc::invalid, 0, "quirk devices");
    }
    QuirkDevice device{entry.name, {}};
    if (!entry.on_root_bus) {
      Patch change;
      change.address = port_address;
      change.bus_behind = below_port.bus;
      device.images.push_back(patch(*port, change));
      device.images.back().requested = false;
    }
    Patch change;
    change.address = entry.on_root_bus ? graphics : entry.virtual_function ? virtual_below_port : below_port;
    change.id = entry.id;
    change.class_code = entry.class_code;
    change.flr = entry.flr;
    change.msi_x_enabled = entry.msi_x_enabled;
    change.virtual_function = entry.virtual_function;
    if (entry.power_control) change.no_soft_reset = true;
    change.platform.power_control = entry.power_control;
    device.images.push_back(patch(*base, change));
    device.images.back().requested = true;
    devices.push_back(std::move(device));
  }
  return devices;
}

}  // namespace sim
