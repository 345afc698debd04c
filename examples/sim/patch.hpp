// patch(): a function that there are no bytes of, made from those of one that there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "behaviour.hpp"
#include "image.hpp"
#include "pci/capability.hpp"
#include "pci/id.hpp"
#include "pci/registers.hpp"

namespace sim {

// What is changed; what is left out stays as it is.
struct Patch {
  std::optional<pci::Address> address{};
  std::optional<pci::Id> id{};
  std::optional<std::uint32_t> class_code{};
  std::optional<bool> flr{};  // Device Capabilities, FLR
  std::optional<bool> msi_x_enabled{};
  std::optional<bool> no_soft_reset{};       // PMCSR
  std::optional<std::uint32_t> bar_0{};      // where it lies in memory
  std::optional<std::uint8_t> bus_behind{};  // of a port: its secondary and subordinate bus
  std::optional<std::uint8_t> cxl_reset{};   // CXL Reset Capable, with this CXL Reset Timeout
  Platform platform{};                       // what the platform offers for it
  bool virtual_function = false;             // ids that read ffff:ffff, no BARs, PCI Express and MSI-X only
  bool advanced_features = false;            // gets the Advanced Features capability, with FLR
};

struct ImageAccess {
  static std::vector<std::uint8_t>& bytes(Image& image) noexcept { return image.bytes_; }
  static pci::Id& id(Image& image) noexcept { return image.id_; }
};

namespace detail {

inline void put16(std::vector<std::uint8_t>& bytes, std::size_t offset, std::uint16_t value) {
  bytes[offset] = static_cast<std::uint8_t>(value & 0xff);
  bytes[offset + 1] = static_cast<std::uint8_t>(value >> 8);
}

inline void switch16(std::vector<std::uint8_t>& bytes, std::size_t offset, std::uint16_t bits, bool on) {
  const auto old = static_cast<std::uint16_t>(bytes[offset] | bytes[offset + 1] << 8);
  put16(bytes, offset, static_cast<std::uint16_t>(on ? old | bits : old & ~bits));
}

// Takes a capability out of the list; its bytes stay, as vendors leave them.
inline void unlink_others(std::vector<std::uint8_t>& bytes) {
  std::size_t link = pci::header::capabilities_pointer;
  while (bytes[link] != 0) {
    const std::size_t at = bytes[link] & 0xfcu;
    if (bytes[at] == pci::express::id || bytes[at] == pci::msi_x::id) {
      link = at + 1;
    } else {
      bytes[link] = bytes[at + 1];
    }
  }
}

inline void shape_as_virtual_function(std::vector<std::uint8_t>& bytes) {
  put16(bytes, pci::header::vendor_id, 0xffff);
  put16(bytes, pci::header::device_id, 0xffff);
  switch16(bytes, pci::header::command, static_cast<std::uint16_t>(~pci::command::bus_master), false);
  for (std::size_t at = pci::header::bar; at != pci::header::bar + 6 * 4u; ++at) bytes[at] = 0;
  for (std::size_t at = 0; at != 4; ++at) bytes[pci::header::expansion_rom + at] = 0;
  put16(bytes, pci::header::interrupt_line, 0);
  unlink_others(bytes);
}

// Puts the capability where the list and the capabilities leave room: behind everything in the first 256 bytes.
inline void link_advanced_features(std::vector<std::uint8_t>& bytes) {
  constexpr std::uint8_t at = 0xf8;
  constexpr unsigned both =
      pci::advanced_features::function_level_reset_capable | pci::advanced_features::transactions_pending_capable;
  bytes[at] = pci::advanced_features::id;
  bytes[at + 1u] = bytes[pci::header::capabilities_pointer];
  bytes[at + 2u] = 6;  // its length
  bytes[at + pci::advanced_features::capabilities] = both;
  put16(bytes, at + pci::advanced_features::control, 0);
  bytes[pci::header::capabilities_pointer] = at;
  switch16(bytes, pci::header::status, pci::status::capabilities_list, true);
}

}  // namespace detail

// What: the image of another function, made from `base`.
// Effects: the behaviour becomes that of the new id and class; the platform offers what the change says.
// Returns: the image; its note says that it is patched, and from what.
inline Image patch(const Image& base, const Patch& change) {
  Image image = base;
  std::vector<std::uint8_t>& bytes = ImageAccess::bytes(image);
  const CapabilityOffsets at = CapabilityOffsets::of(base.config());
  if (change.address) image.address = *change.address;
  image.address_known = image.address_known || change.address.has_value();
  if (change.class_code) {
    for (unsigned i = 0; i != 3; ++i) {
      bytes[pci::header::revision_id + 1u + i] = static_cast<std::uint8_t>(*change.class_code >> (8 * i) & 0xff);
    }
  }
  if (change.flr && at.express != 0) {
    detail::switch16(bytes, at.express + pci::express::device_capabilities + 2u,
                     pci::express::function_level_reset_capable >> 16, *change.flr);
  }
  if (change.msi_x_enabled && at.msi_x != 0) {
    detail::switch16(bytes, at.msi_x + pci::msi_x::flags, pci::msi_x::enable, *change.msi_x_enabled);
  }
  if (change.no_soft_reset && at.power_management != 0) {
    detail::switch16(bytes, at.power_management + pci::power_management::control_status,
                     pci::power_management::no_soft_reset, *change.no_soft_reset);
  }
  if (change.cxl_reset && at.cxl_device != 0) {
    const std::size_t capability = at.cxl_device + unsigned{pci::cxl_device::capability};
    const auto timeout = static_cast<std::uint16_t>(*change.cxl_reset << pci::cxl_device::reset_timeout_shift);
    detail::switch16(bytes, capability, pci::cxl_device::reset_timeout_mask, false);
    detail::switch16(bytes, capability, static_cast<std::uint16_t>(pci::cxl_device::reset_capable | timeout), true);
  }
  if (change.bar_0) {
    detail::put16(bytes, pci::header::bar, static_cast<std::uint16_t>(*change.bar_0 & 0xffff));
    detail::put16(bytes, pci::header::bar + 2u, static_cast<std::uint16_t>(*change.bar_0 >> 16));
  }
  if (change.bus_behind && image.is_bridge()) {
    bytes[pci::bridge::primary_bus] = image.address.bus;
    bytes[pci::bridge::secondary_bus] = *change.bus_behind;
    bytes[pci::bridge::subordinate_bus] = *change.bus_behind;
  }
  if (change.id) {
    detail::put16(bytes, pci::header::vendor_id, change.id->vendor);
    detail::put16(bytes, pci::header::device_id, change.id->device);
    ImageAccess::id(image) = *change.id;
  }
  if (change.virtual_function) detail::shape_as_virtual_function(bytes);
  if (change.advanced_features) detail::link_advanced_features(bytes);
  image.behaviour = behaviour_of(image.id(), image.class_code());
  image.behaviour.platform = change.platform;
  image.note = "simulated: the bytes of " + std::string(base.file) + ", patched";
  return image;
}

// The image with another Command register: 0x0400 is what Linux writes before a reset, and 0 that of a function which
// no driver has enabled.
inline Image with_command(Image image, std::uint16_t command) {
  detail::put16(ImageAccess::bytes(image), pci::header::command, command);
  return image;
}

}  // namespace sim
