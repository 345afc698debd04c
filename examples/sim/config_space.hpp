// ConfigSpace: a function's real bytes, written to as its hardware would take it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "pci/capability.hpp"
#include "pci/registers.hpp"

namespace sim {

using pci::ConfigView;

// What a write set going beyond the register's new value.
struct WriteEffect {
  bool initiates_flr = false;     // by Device Control
  bool initiates_af_flr = false;  // by the Advanced Features control
  bool initiates_cxl_reset = false;
  bool enters_d0 = false;  // from D3hot
  bool asserts_bus_reset = false;
  bool releases_bus_reset = false;
};

// Where a function's capabilities are; 0: it has none. A broken list counts as none.
struct CapabilityOffsets {
  std::uint16_t express = 0;
  std::uint16_t power_management = 0;
  std::uint16_t msi = 0;
  std::uint16_t msi_x = 0;
  std::uint16_t advanced_features = 0;
  std::uint16_t sr_iov = 0;
  std::uint16_t cxl_port = 0;
  std::uint16_t cxl_device = 0;

  static CapabilityOffsets of(const ConfigView& config) {
    return {or_none(pci::find_capability(config, pci::express::id)),
            or_none(pci::find_capability(config, pci::power_management::id)),
            or_none(pci::find_capability(config, pci::msi::id)),
            or_none(pci::find_capability(config, pci::msi_x::id)),
            or_none(pci::find_capability(config, pci::advanced_features::id)),
            or_none(pci::find_extended_capability(config, pci::sr_iov::id)),
            or_none(pci::find_dvsec(config, pci::cxl_port::vendor, pci::cxl_port::dvsec_id)),
            or_none(pci::find_dvsec(config, pci::cxl_port::vendor, pci::cxl_device::dvsec_id))};
  }

 private:
  static std::uint16_t or_none(pci::rg::Result<std::uint16_t> found) {
    if (!found.failed()) return std::move(found).take();
    std::move(found).discard("a capability that is not there has no registers");
    return 0;
  }
};

// The name of the register at an offset, or nullptr.
inline const char* register_name(const CapabilityOffsets& at, bool bridge, std::uint32_t offset) noexcept {
  namespace p = pci;
  switch (offset) {
    case p::header::vendor_id: return "Vendor ID";
    case p::header::device_id: return "Device ID";
    case p::header::command: return "Command";
    case p::header::status: return "Status";
    case p::header::revision_id: return "Revision ID, Class Code";
    case p::header::cache_line_size: return "Cache Line Size";
    case p::header::latency_timer: return "Latency Timer";
    case p::header::header_type: return "Header Type";
    case p::header::capabilities_pointer: return "Capabilities Pointer";
    case p::header::interrupt_line: return "Interrupt Line";
    case 0x10: return "BAR 0";
    case 0x14: return "BAR 1";
    default: break;
  }
  if (offset < p::header::end) {
    if (bridge) {
      if (offset == p::bridge::control) return "Bridge Control";
      if (offset == p::bridge::expansion_rom) return "Expansion ROM";
      return offset < p::bridge::windows ? "Bus Numbers" : "Bridge Windows";
    }
    switch (offset) {
      case 0x18: return "BAR 2";
      case 0x1c: return "BAR 3";
      case 0x20: return "BAR 4";
      case 0x24: return "BAR 5";
      case p::header::expansion_rom: return "Expansion ROM";
      default: return nullptr;
    }
  }
  struct Named {
    std::uint16_t capability;
    std::uint16_t offset;
    const char* name;
  };
  const Named names[] = {
      {at.express, p::express::device_capabilities, "Device Capabilities"},
      {at.express, p::express::device_control, "Device Control"},
      {at.express, p::express::device_status, "Device Status"},
      {at.express, p::express::link_control, "Link Control"},
      {at.express, p::express::slot_control, "Slot Control"},
      {at.express, p::express::device_control_2, "Device Control 2"},
      {at.express, p::express::link_control_2, "Link Control 2"},
      {at.power_management, p::power_management::control_status, "PMCSR"},
      {at.msi, p::msi::flags, "MSI Message Control"},
      {at.msi_x, p::msi_x::flags, "MSI-X Message Control"},
      {at.advanced_features, p::advanced_features::capabilities, "AF Capabilities"},
      {at.advanced_features, p::advanced_features::control, "AF Control"},
      {at.advanced_features, p::advanced_features::status, "AF Status"},
      {at.sr_iov, p::sr_iov::control, "SR-IOV Control"},
      {at.cxl_port, p::cxl_port::control, "CXL Port Control"},
      {at.cxl_device, p::cxl_device::capability, "CXL Capability"},
      {at.cxl_device, p::cxl_device::control_2, "CXL Control2"},
      {at.cxl_device, p::cxl_device::status_2, "CXL Status2"},
  };
  for (const Named& named : names) {
    if (named.capability != 0 && offset == named.capability + unsigned{named.offset}) return named.name;
  }
  return nullptr;
}

class ConfigSpace {
 public:
  // Requires: 256 or 4096 bytes.
  ConfigSpace(std::span<const std::uint8_t> bytes, bool virtual_function)
      : bytes_(bytes.begin(), bytes.end()), writable_(bytes.size()), at_(CapabilityOffsets::of(ConfigView(bytes))) {
    bridge_ = (bytes_[pci::header::header_type] & pci::header::type_mask) == pci::header::type_bridge;
    allow_header(virtual_function);
    allow_capabilities();
  }

  std::uint32_t read(std::uint32_t offset, unsigned width) const noexcept {
    return ConfigView(bytes_).read(offset, width);
  }
  // What a read sees: the register, and the bits that are not kept in it.
  std::uint32_t visible(std::uint32_t offset, unsigned width, bool transactions_pending,
                        std::uint16_t cxl_status) const noexcept {
    std::uint32_t value = read(offset, width);
    auto show = [&](std::uint32_t byte, std::uint32_t bits) {
      if (byte >= offset && byte < offset + width) value |= bits << (8 * (byte - offset));
    };
    if (at_.cxl_device != 0) show(at_.cxl_device + pci::cxl_device::status_2, cxl_status);
    if (!transactions_pending) return value;
    if (at_.express != 0) show(at_.express + pci::express::device_status, pci::express::transactions_pending);
    if (at_.advanced_features != 0) {
      show(at_.advanced_features + pci::advanced_features::status, pci::advanced_features::transactions_pending);
    }
    return value;
  }
  std::uint32_t bar(unsigned index) const noexcept { return read(pci::header::bar + 4 * index, 4); }
  bool is_bridge() const noexcept { return bridge_; }
  std::span<const std::uint8_t> bytes() const noexcept { return bytes_; }
  const CapabilityOffsets& capabilities() const noexcept { return at_; }
  const char* name(std::uint32_t offset) const noexcept { return register_name(at_, bridge_, offset); }

  WriteEffect write(std::uint32_t offset, unsigned width, std::uint32_t value) noexcept {
    WriteEffect effect;
    const auto old_state = power_state();
    const bool old_bus_reset = bus_reset();
    for (unsigned i = 0; i != width; ++i) {
      const auto at = offset + i;
      if (at >= bytes_.size()) break;
      const auto byte = static_cast<std::uint8_t>(value >> (8 * i));
      // The bits that start a reset read 0 always, so they are not kept.
      if (at_.express != 0 && at == at_.express + pci::express::device_control + 1u) {
        effect.initiates_flr = (byte & pci::express::initiate_function_level_reset >> 8) != 0;
      }
      if (at_.advanced_features != 0 && at == at_.advanced_features + unsigned{pci::advanced_features::control}) {
        effect.initiates_af_flr = (byte & pci::advanced_features::initiate_function_level_reset) != 0;
      }
      if (at_.cxl_device != 0 && at == at_.cxl_device + unsigned{pci::cxl_device::control_2}) {
        effect.initiates_cxl_reset = (byte & pci::cxl_device::initiate_cxl_reset) != 0;
        // How an earlier one ended is forgotten.
        constexpr unsigned ended = pci::cxl_device::reset_complete | pci::cxl_device::reset_error;
        if (effect.initiates_cxl_reset) bytes_[at_.cxl_device + pci::cxl_device::status_2] &= ~ended & 0xff;
      }
      bytes_[at] = static_cast<std::uint8_t>((bytes_[at] & ~writable_[at]) | (byte & writable_[at]));
    }
    effect.enters_d0 = old_state == pci::power_management::d3hot && power_state() == pci::power_management::d0;
    effect.asserts_bus_reset = !old_bus_reset && bus_reset();
    effect.releases_bus_reset = old_bus_reset && !bus_reset();
    return effect;
  }

  // What a reset leaves: everything that software can write is 0 (Command, the BARs, MSI-X, a port's bus numbers).
  void reset() noexcept {
    for (std::size_t i = 0; i != writable_end_; ++i) bytes_[i] = static_cast<std::uint8_t>(bytes_[i] & ~writable_[i]);
  }

  std::uint16_t command() const noexcept { return read16(pci::header::command); }
  bool flr_capable() const noexcept {
    return at_.express != 0 &&
           (read(at_.express + pci::express::device_capabilities, 4) & pci::express::function_level_reset_capable) != 0;
  }
  bool af_flr_capable() const noexcept {
    constexpr unsigned both =
        pci::advanced_features::function_level_reset_capable | pci::advanced_features::transactions_pending_capable;
    return at_.advanced_features != 0 &&
           (read(at_.advanced_features + pci::advanced_features::capabilities, 1) & both) == both;
  }
  bool cxl_reset_capable() const noexcept {
    return at_.cxl_device != 0 &&
           (read16(at_.cxl_device + pci::cxl_device::capability) & pci::cxl_device::reset_capable) != 0;
  }
  std::uint16_t power_state() const noexcept {
    if (at_.power_management == 0) return pci::power_management::d0;
    return read16(at_.power_management + pci::power_management::control_status) &
           pci::power_management::power_state_mask;
  }
  bool soft_reset_by_power_state() const noexcept {
    return at_.power_management != 0 && (read16(at_.power_management + pci::power_management::control_status) &
                                         pci::power_management::no_soft_reset) == 0;
  }
  bool msi_x_enabled() const noexcept {
    return at_.msi_x != 0 && (read16(at_.msi_x + pci::msi_x::flags) & pci::msi_x::enable) != 0;
  }
  bool bus_reset() const noexcept {
    return bridge_ && (read16(pci::bridge::control) & pci::bridge::secondary_bus_reset) != 0;
  }
  // A CXL port whose secondary bus reset does nothing.
  bool bus_reset_masked() const noexcept {
    return at_.cxl_port != 0 && (read16(at_.cxl_port + pci::cxl_port::control) & pci::cxl_port::unmask_sbr) == 0;
  }
  // Whether a bus is one of those behind this port.
  bool routes(std::uint8_t bus) const noexcept {
    return bridge_ && bytes_[pci::bridge::secondary_bus] <= bus && bus <= bytes_[pci::bridge::subordinate_bus];
  }

 private:
  std::uint16_t read16(std::uint32_t offset) const noexcept { return static_cast<std::uint16_t>(read(offset, 2)); }

  void allow(std::size_t offset, unsigned width, std::uint32_t mask) noexcept {
    for (unsigned i = 0; i != width && offset + i < writable_.size(); ++i) {
      writable_[offset + i] |= static_cast<std::uint8_t>(mask >> (8 * i));
      writable_end_ = std::max(writable_end_, offset + i + 1);
    }
  }

  void allow_header(bool virtual_function) noexcept {
    // A virtual function's own Command has bus mastering only; its memory decode is a bit of its physical function.
    allow(pci::header::command, 2, virtual_function ? pci::command::bus_master : 0x0547u);
    if (!virtual_function) {
      allow(pci::header::cache_line_size, 1, 0xff);
      allow(pci::header::interrupt_line, 1, 0xff);
      allow_bars(bridge_ ? 2 : 6);
      const std::uint16_t rom = bridge_ ? pci::bridge::expansion_rom : pci::header::expansion_rom;
      if (read(rom, 4) != 0) allow(rom, 4, 0xfffff801u);
    }
    if (bridge_) {
      allow(pci::bridge::primary_bus, 3, 0xffffff);
      allow(pci::bridge::windows, 2, 0xf0f0);
      for (std::uint16_t at = 0x20; at != pci::header::capabilities_pointer; at += 4) allow(at, 4, 0xffffffff);
      allow(pci::bridge::control, 2, 0x0fff);
    }
  }

  // A BAR that reads 0 in a machine that runs is not there.
  void allow_bars(unsigned count) noexcept {
    for (unsigned i = 0; i < count; ++i) {
      const std::size_t at = pci::header::bar + 4 * i;
      const std::uint32_t value = read(static_cast<std::uint32_t>(at), 4);
      if (value == 0) continue;
      if ((value & pci::base_address::io) != 0) {
        allow(at, 4, ~3u);
        continue;
      }
      allow(at, 4, ~pci::base_address::flags_mask);
      if ((value & pci::base_address::type_mask) == pci::base_address::type_64_bit && i + 1 != count) {
        allow(at + 4, 4, ~0u);
        ++i;
      }
    }
  }

  void allow_capabilities() noexcept {
    namespace p = pci;
    if (at_.express != 0) {
      allow(at_.express + p::express::device_control, 2, 0x7fff);
      allow(at_.express + p::express::link_control, 2, 0x01ff);
      if (bridge_) allow(at_.express + p::express::slot_control, 2, 0x1fff);
      if ((read16(at_.express + 2u) & 0xfu) >= 2) {
        allow(at_.express + p::express::device_control_2, 2, 0xffff);
        allow(at_.express + p::express::link_control_2, 2, 0xffff);
      }
    }
    if (at_.power_management != 0) {
      allow(at_.power_management + p::power_management::control_status, 2,
            p::power_management::power_state_mask | p::power_management::pme_enable);
    }
    if (at_.msi != 0) {
      const std::uint16_t flags = read16(at_.msi + p::msi::flags);
      allow(at_.msi + p::msi::flags, 2, 0x0071);
      const bool wide = (flags & p::msi::address_64_bit) != 0;
      allow(at_.msi + p::msi::address, 4, ~3u);
      if (wide) allow(at_.msi + p::msi::address + 4u, 4, ~0u);
      const unsigned data = at_.msi + p::msi::address + (wide ? 8u : 4u);
      allow(data, 2, 0xffff);
      if ((flags & p::msi::per_vector_masking) != 0) allow(data + 4, 4, ~0u);
    }
    if (at_.msi_x != 0) allow(at_.msi_x + p::msi_x::flags, 2, p::msi_x::enable | p::msi_x::function_mask);
    if (at_.sr_iov != 0) {
      allow(at_.sr_iov + p::sr_iov::control, 2, 0x001f);
      allow(at_.sr_iov + p::sr_iov::number_of_vfs, 2, 0xffff);
    }
    if (at_.cxl_port != 0) allow(at_.cxl_port + p::cxl_port::control, 2, 0x000f);
    if (at_.cxl_device != 0) {
      allow(at_.cxl_device + p::cxl_device::control_2, 2,
            p::cxl_device::disable_caching | p::cxl_device::reset_mem_clr_enable);
    }
  }

  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint8_t> writable_;
  std::size_t writable_end_ = 0;  // behind the last byte that is, in part, writable
  CapabilityOffsets at_;
  bool bridge_ = false;
};

}  // namespace sim
