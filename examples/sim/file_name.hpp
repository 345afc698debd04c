// What a file's name says about the function whose config space is in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "pci/id.hpp"

namespace sim {

struct FileName {
  pci::Address address;
  std::optional<pci::Id> id;
};

// "0000-01-00.0_1b36_0010.bin": domain, bus, device, function, vendor and device id. The ids may be missing, and so may
// the domain and the extension; colons are as good as hyphens, so the names of sysfs are such names.
// Returns: nothing if the name does not begin like that.
constexpr std::optional<FileName> parse_file_name(std::string_view name) noexcept {
  const auto address = pci::take_address(name);
  if (!address) return std::nullopt;
  FileName result{*address, std::nullopt};
  if (name.empty() || name.front() == '.') return result;
  if (name.front() != '_') return std::nullopt;
  name.remove_prefix(1);
  const auto vendor = pci::take_hex(name, 4, 4);
  if (!vendor || name.empty() || name.front() != '_') return std::nullopt;
  name.remove_prefix(1);
  const auto device_id = pci::take_hex(name, 4, 4);
  if (!device_id || !(name.empty() || name.front() == '.' || name.front() == '_')) return std::nullopt;
  result.id = pci::Id{static_cast<std::uint16_t>(*vendor), static_cast<std::uint16_t>(*device_id)};
  return result;
}

}  // namespace sim
