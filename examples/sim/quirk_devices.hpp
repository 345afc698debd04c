// One simulated device for each entry of pci::quirks.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "image.hpp"
#include "patch.hpp"
#include "pci/id.hpp"
#include "pci/quirks.hpp"
#include "quirk_models.hpp"

namespace sim {

struct QuirkDevice {
  pci::QuirkEntry entry;
  std::vector<Image> images;  // the port above, if it has one, and the device, which alone is `requested`
};

namespace detail {

inline const Image* find_image(std::span<const Image> images, pci::Id id) noexcept {
  for (const Image& image : images) {
    if (image.id() == id) return &image;
  }
  return nullptr;
}

}  // namespace detail

// What: one for each entry of pci::quirks, made from real bytes.
// Requires: `bases` holds an NVMe controller 1b36:0010, a virtio-net 1af4:1041, an edu 1234:11e8 and a root port
// 1b36:000c.
// Errors: invalid, and `why` says which base is missing.
RESET_GUARD_MUST_USE inline rg::Result<std::vector<QuirkDevice>> quirk_devices(std::span<const Image> bases,
                                                                               InputError& why) {
  constexpr pci::Address port_address{0, 0x00, 0x01, 0};
  constexpr pci::Address below_port{0, 0x01, 0x00, 0};
  constexpr pci::Address virtual_below_port{0, 0x01, 0x10, 1};
  constexpr pci::Address graphics{0, 0x00, 0x02, 0};

  const Image* port = detail::find_image(bases, root_port_base);
  std::vector<QuirkDevice> devices;
  for (const pci::QuirkEntry& entry : pci::quirks) {
    const QuirkModel model = model_of(entry.quirk);
    const Image* base = detail::find_image(bases, model.base);
    if (base == nullptr || port == nullptr) {
      why = InputError{entry.device, "the bytes that it is made from are not there",
                       "load 1b36:0010, 1af4:1041, 1234:11e8 and 1b36:000c"};
      return rg::Error(rg::Errc::invalid, 0, "quirk devices");
    }
    QuirkDevice device{entry, {}};
    if (!model.on_root_bus) {
      Patch change;
      change.address = port_address;
      change.bus_behind = below_port.bus;
      device.images.push_back(patch(*port, change));
      device.images.back().requested = false;
    }
    Patch change;
    change.address = model.on_root_bus ? graphics : model.virtual_function ? virtual_below_port : below_port;
    change.id = entry.id;
    change.class_code = model.class_code;
    change.flr = model.flr;
    change.msi_x_enabled = model.msi_x_enabled;
    change.virtual_function = model.virtual_function;
    if (model.no_soft_reset) change.no_soft_reset = true;
    if (model.bar_0 != 0) change.bar_0 = model.bar_0;
    device.images.push_back(patch(*base, change));
    device.images.back().requested = true;
    devices.push_back(std::move(device));
  }
  return devices;
}

}  // namespace sim
