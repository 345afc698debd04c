// The devices that need a reset handler of their own. All lists that have
// something for each of them (a handler, a simulated device, a name on a page) take ids and names from here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

#include "id.hpp"
#include "match.hpp"

namespace pci {

enum class Quirk : std::uint8_t {
  intel_82599_vf,
  ivy_bridge_graphics,
  nvme_disable,
  nvme_delay,
  chelsio_t4,
  hinic_vf,
  qualcomm_wlan,
  qualcomm_modem,
};

struct QuirkEntry {
  Match match;
  Quirk quirk;
  Id id;               // one that matches
  const char* device;  // for people: no two entries have the same
};

// The first that matches counts.
// Source: pci_dev_reset_methods[] of Linux 7.x; the last three are proposed there.
inline constexpr QuirkEntry quirks[] = {
    {Match::exactly(0x8086, 0x10ed), Quirk::intel_82599_vf, {0x8086, 0x10ed}, "Intel 82599 SFP virtual function"},
    {Match::exactly(0x8086, 0x0156), Quirk::ivy_bridge_graphics, {0x8086, 0x0156}, "Intel Ivy Bridge graphics, mobile"},
    {Match::exactly(0x8086, 0x0166),
     Quirk::ivy_bridge_graphics,
     {0x8086, 0x0166},
     "Intel Ivy Bridge graphics, mobile GT2"},
    {Match::exactly(0x144d, 0xa804), Quirk::nvme_disable, {0x144d, 0xa804}, "Samsung SM961 NVMe"},
    {Match::exactly(0x8086, 0x0953), Quirk::nvme_delay, {0x8086, 0x0953}, "Intel DC P3700 NVMe"},
    {Match::exactly(0x8086, 0x0a54), Quirk::nvme_delay, {0x8086, 0x0a54}, "Intel DC P4500 NVMe"},
    {Match::exactly(0x025e, 0xf1ac), Quirk::nvme_delay, {0x025e, 0xf1ac}, "Solidigm P44 Pro NVMe"},
    {Match::any_device_of(0x1425), Quirk::chelsio_t4, {0x1425, 0x4401}, "Chelsio T4 network adapter"},
    {Match::exactly(0x19e5, 0x375e), Quirk::hinic_vf, {0x19e5, 0x375e}, "Huawei HiNIC virtual function"},
    {Match::exactly(0x17cb, 0x1103), Quirk::qualcomm_wlan, {0x17cb, 0x1103}, "Qualcomm WLAN adapter, WCN6855"},
    {Match::exactly(0x17cb, 0x1107), Quirk::qualcomm_wlan, {0x17cb, 0x1107}, "Qualcomm WLAN adapter, WCN7850"},
    {Match::exactly(0x17cb, 0x0308), Quirk::qualcomm_modem, {0x17cb, 0x0308}, "Qualcomm modem, SDX62"},
};

// What a handler is called, in one word and for people.
struct QuirkName {
  const char* word;
  const char* text;
  bool proposed = false;  // for Linux, and not merged
};
inline constexpr QuirkName quirk_names[] = {
    {"intel_82599_vf", "Intel 82599 VF"},
    {"ivy_bridge_graphics", "Ivy Bridge graphics"},
    {"nvme_disable", "NVMe, disable before FLR"},
    {"nvme_delay", "NVMe, 250 ms after FLR"},
    {"chelsio_t4", "Chelsio T4"},
    {"hinic_vf", "HiNIC VF"},
    {"qualcomm_wlan", "Qualcomm WLAN", true},
    {"qualcomm_modem", "Qualcomm modem", true},
};
constexpr bool has_name(Quirk quirk) noexcept { return static_cast<std::size_t>(quirk) < std::size(quirk_names); }
static_assert(
    [] {
      for (const QuirkEntry& entry : quirks) {
        if (!has_name(entry.quirk)) return false;
      }
      return true;
    }(),
    "a quirk without a name: add one to quirk_names, in the order of Quirk");

constexpr const QuirkName& name_of(Quirk quirk) noexcept { return quirk_names[static_cast<std::size_t>(quirk)]; }

// The entry for a device, or nullptr.
constexpr const QuirkEntry* find_quirk(Id id) noexcept {
  for (const QuirkEntry& entry : quirks) {
    if (entry.match.matches(id)) return &entry;
  }
  return nullptr;
}

}  // namespace pci
