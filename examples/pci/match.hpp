// Match: the key of a handler table, one entry's vendor, device and mask.
#pragma once

#include <cstdint>

#include "id.hpp"

namespace pci {

// An id matches if it agrees in all bits of the masks.
struct Match {
  std::uint16_t vendor = 0;
  std::uint16_t device = 0;
  std::uint16_t device_mask = 0xffff;
  std::uint16_t vendor_mask = 0xffff;

  // One device.
  static constexpr Match exactly(std::uint16_t vendor, std::uint16_t device) noexcept { return {vendor, device}; }
  // Every device of a vendor.
  static constexpr Match any_device_of(std::uint16_t vendor) noexcept { return {vendor, 0, 0}; }
  // Everything.
  static constexpr Match any() noexcept { return {0, 0, 0, 0}; }

  constexpr bool matches(Id id) const noexcept {
    return ((id.vendor ^ vendor) & vendor_mask) == 0 && ((id.device ^ device) & device_mask) == 0;
  }

  // Whether every id that `other` matches is matched by this: an entry after this one would never be reached.
  constexpr bool covers(const Match& other) const noexcept {
    return (other.vendor_mask & vendor_mask) == vendor_mask && (other.device_mask & device_mask) == device_mask &&
           matches({other.vendor, other.device});
  }

  friend constexpr bool operator==(const Match&, const Match&) = default;
};

}  // namespace pci
