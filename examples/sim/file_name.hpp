// What a file's name says about the function whose config space is in it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "pci/id.hpp"

namespace sim {

struct FileName {
  pci::Address address;
  std::optional<pci::Id> id;
};

namespace detail {

// Takes hexadecimal digits off the front of `text`: at least `least` and at most `most` of them.
constexpr std::optional<std::uint32_t> take_hex(std::string_view& text, std::size_t least, std::size_t most) noexcept {
  std::uint32_t value = 0;
  std::size_t count = 0;
  for (; count != text.size(); ++count) {
    const char c = text[count];
    std::uint32_t digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<std::uint32_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      digit = static_cast<std::uint32_t>(c - 'a') + 10;
    } else if (c >= 'A' && c <= 'F') {
      digit = static_cast<std::uint32_t>(c - 'A') + 10;
    } else {
      break;
    }
    if (count == most) return std::nullopt;
    value = value << 4 | digit;
  }
  if (count < least) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

}  // namespace detail

// "0000-01-00.0_1b36_0010.bin": domain, bus, device, function, vendor and device id. The ids may be missing, and so may
// the domain and the extension; colons are as good as hyphens, so the names of sysfs are such names.
// Returns: nothing if the name does not begin like that.
constexpr std::optional<FileName> parse_file_name(std::string_view name) noexcept {
  std::array<std::uint32_t, 3> groups{};
  std::size_t count = 0;
  for (;;) {
    const auto group = detail::take_hex(name, count == 0 ? 1 : 2, count == 0 ? 8 : 2);
    if (!group || count == groups.size()) return std::nullopt;
    groups[count++] = *group;
    if (name.empty()) return std::nullopt;
    const char separator = name.front();
    name.remove_prefix(1);
    if (separator == '.') break;
    if (separator != '-' && separator != ':') return std::nullopt;
  }
  const auto function = detail::take_hex(name, 1, 1);
  if (count < 2 || !function) return std::nullopt;
  const std::uint32_t domain = count == 3 ? groups[0] : 0, bus = groups[count - 2], device = groups[count - 1];
  if (bus > 0xff || device > 0x1f || *function > 7) return std::nullopt;

  FileName result{pci::Address{domain, static_cast<std::uint8_t>(bus), static_cast<std::uint8_t>(device),
                               static_cast<std::uint8_t>(*function)},
                  std::nullopt};
  if (name.empty() || name.front() == '.') return result;
  if (name.front() != '_') return std::nullopt;
  name.remove_prefix(1);
  const auto vendor = detail::take_hex(name, 4, 4);
  if (!vendor || name.empty() || name.front() != '_') return std::nullopt;
  name.remove_prefix(1);
  const auto device_id = detail::take_hex(name, 4, 4);
  if (!device_id || !(name.empty() || name.front() == '.' || name.front() == '_')) return std::nullopt;
  result.id = pci::Id{static_cast<std::uint16_t>(*vendor), static_cast<std::uint16_t>(*device_id)};
  return result;
}

}  // namespace sim
