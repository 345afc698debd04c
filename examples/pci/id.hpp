// Which function it is: what it was made as (Id), and where it sits (Address).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pci {

struct Id {
  std::uint16_t vendor = 0xffff;
  std::uint16_t device = 0xffff;

  friend constexpr bool operator==(Id, Id) = default;
};

// What a virtual function's config space reads as its ids, by design (SR-IOV 1.1, section 3.4.1).
inline constexpr Id unreadable_id{0xffff, 0xffff};

struct Address {
  std::uint32_t domain = 0;
  std::uint8_t bus = 0;
  std::uint8_t device = 0;    // 0 to 31
  std::uint8_t function = 0;  // 0 to 7

  friend constexpr auto operator<=>(const Address&, const Address&) = default;

  // Requester ID within the domain: bus, device and function in 16 bits.
  constexpr std::uint16_t routing_id() const noexcept {
    return static_cast<std::uint16_t>(bus << 8 | device << 3 | function);
  }
};

// "0000:01:00.0" with room for a domain of eight digits.
struct AddressText {
  char text[17];
  constexpr const char* c_str() const noexcept { return text; }
};

constexpr AddressText to_text(const Address& address) noexcept {
  AddressText result{};
  char* out = result.text;
  auto put = [&out](std::uint32_t value, int width) {
    for (int shift = 4 * (width - 1); shift >= 0; shift -= 4) *out++ = "0123456789abcdef"[value >> shift & 0xf];
  };
  int width = 4;
  while (width < 8 && address.domain >> (4 * width) != 0) ++width;
  put(address.domain, width);
  *out++ = ':';
  put(address.bus, 2);
  *out++ = ':';
  put(address.device, 2);
  *out++ = '.';
  put(address.function, 1);
  return result;
}

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

// Takes an address off the front of `text`: "0000:01:00.0", or "01:00.0" of domain 0. Hyphens are as good as colons, so
// that it can be in a file's name.
// Returns: nothing if `text` does not begin with one.
constexpr std::optional<Address> take_address(std::string_view& text) noexcept {
  std::uint32_t groups[3]{};
  std::size_t count = 0;
  for (char separator = ':'; separator != '.';) {
    if (count == 3) return std::nullopt;
    const auto group = take_hex(text, count == 0 ? 1 : 2, count == 0 ? 8 : 2);
    if (!group || text.empty()) return std::nullopt;
    groups[count++] = *group;
    separator = text.front();
    if (separator != '.' && separator != '-' && separator != ':') return std::nullopt;
    text.remove_prefix(1);
  }
  const auto function = take_hex(text, 1, 1);
  if (count < 2 || !function) return std::nullopt;
  const std::uint32_t domain = count == 3 ? groups[0] : 0, bus = groups[count - 2], device = groups[count - 1];
  if (bus > 0xff || device > 0x1f || *function > 7) return std::nullopt;
  return Address{domain, static_cast<std::uint8_t>(bus), static_cast<std::uint8_t>(device),
                 static_cast<std::uint8_t>(*function)};
}

// The whole of `text` as an address.
// Returns: nothing if it is none.
constexpr std::optional<Address> parse_address(std::string_view text) noexcept {
  const auto address = take_address(text);
  return text.empty() ? address : std::nullopt;
}

}  // namespace pci
