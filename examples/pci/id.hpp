// Which function it is: what it was made as (Id), and where it sits (Address).
#pragma once

#include <compare>
#include <cstdint>

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

}  // namespace pci
