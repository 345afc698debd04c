// The functions whose registers offer a reset that must not be used, or that does nothing.
#pragma once

#include <cstdint>

#include "function.hpp"
#include "id.hpp"
#include "match.hpp"

namespace pci {
namespace detail {

struct ResetFlagsEntry {
  Match match;
  ResetFlags flags;
};

inline constexpr ResetFlags no_flr{.no_flr = true};
inline constexpr ResetFlags no_pm_reset{.no_pm_reset = true};
inline constexpr ResetFlags no_bus_reset{.no_bus_reset = true};

inline constexpr ResetFlagsEntry reset_flags_table[] = {
    // They may hang in an FLR.
    {Match::exactly(0x1022, 0x1487), no_flr},
    {Match::exactly(0x1022, 0x148c), no_flr},
    {Match::exactly(0x1022, 0x149c), no_flr},
    {Match::exactly(0x1022, 0x1502), no_flr},
    {Match::exactly(0x1022, 0x17f0), no_flr},
    {Match::exactly(0x1022, 0x7901), no_flr},
    {Match::exactly(0x14c3, 0x0616), no_flr},
    {Match::exactly(0x8086, 0x1502), no_flr},
    {Match::exactly(0x8086, 0x1503), no_flr},
    // Going through D3hot has no effect on them, although they say so.
    {Match::exactly(0x15b3, 0xcb84), no_pm_reset},
    {Match::exactly(0x15b3, 0xcf6c), no_pm_reset},
    {Match::exactly(0x15b3, 0xcf70), no_pm_reset},
    {Match::exactly(0x15b3, 0xcf80), no_pm_reset},
    // They do not come back after a bus reset.
    {Match{0x10de, 0x2340, 0xffc0}, no_bus_reset},
    {Match::exactly(0x10de, 0x22ce), no_bus_reset},
    {Match::exactly(0x10de, 0x22d0), no_bus_reset},
    {Match::exactly(0x168c, 0x0030), no_bus_reset},
    {Match::exactly(0x168c, 0x0032), no_bus_reset},
    {Match::exactly(0x168c, 0x0033), no_bus_reset},
    {Match::exactly(0x168c, 0x0034), no_bus_reset},
    {Match::exactly(0x168c, 0x003c), no_bus_reset},
    {Match::exactly(0x168c, 0x003e), no_bus_reset},
    {Match::exactly(0x177d, 0xa100), no_bus_reset},
    {Match::exactly(0x104c, 0xb005), no_bus_reset},
    {Match::exactly(0x1b21, 0x1164), no_bus_reset},
};

}  // namespace detail

// Which methods must not be used on a function.
// Source: the fixups quirk_no_flr, quirk_no_pm_reset and quirk_no_bus_reset of Linux 6.18.
constexpr ResetFlags reset_flags_of(Id id, std::uint32_t class_code, std::uint8_t revision, bool on_root_bus) noexcept {
  ResetFlags flags;
  for (const detail::ResetFlagsEntry& entry : detail::reset_flags_table) {
    if (!entry.match.matches(id)) continue;
    flags.no_flr |= entry.flags.no_flr;
    flags.no_pm_reset |= entry.flags.no_pm_reset;
    flags.no_bus_reset |= entry.flags.no_bus_reset;
  }
  if (id == Id{0xd063, 0x1000} && revision == 1) flags.no_flr = true;
  // A graphics card of AMD. On a root bus, where no bus reset can replace it, Linux leaves it the PM reset.
  constexpr std::uint32_t vga = 0x0300;
  if (id.vendor == 0x1002 && class_code >> 8 == vga && !on_root_bus) flags.no_pm_reset = true;
  return flags;
}

}  // namespace pci
