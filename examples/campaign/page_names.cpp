// What people call the campaign's subjects and nestings.
#include <string>
#include <string_view>

#include "page_parts.hpp"

namespace campaign {
namespace {

struct PageName {
  std::string_view id;
  const char* name;
};

constexpr PageName subjects[] = {
    {"flr", "Function Level Reset (FLR)"},
    {"af_flr", "FLR by Advanced Features"},
    {"pm", "D3hot and back"},
    {"bus", "Bus reset"},
    {"acpi", "ACPI _RST"},
    {"slot", "Slot reset"},
    {"d3cold", "Power off and on (D3cold)"},
    {"cxl_bus", "Bus reset below a CXL port"},
    {"fallback", "The chain, falling back after a timeout"},
    {"82599_vf", "Intel 82599 VF"},
    {"ivy_bridge_graphics 0156", "Ivy Bridge graphics"},
    {"ivy_bridge_graphics 0166", "Ivy Bridge graphics, GT2"},
    {"nvme_disable", "Samsung SM961 NVMe"},
    {"nvme_delay 8086:0953", "Intel DC P3700 NVMe"},
    {"nvme_delay 8086:0a54", "Intel DC P4500 NVMe"},
    {"nvme_delay 025e:f1ac", "Solidigm P44 Pro NVMe"},
    {"chelsio_t4", "Chelsio T4"},
    {"hinic_vf", "HiNIC VF"},
    {"power_cycle 1103", "Qualcomm WCN6855 WiFi"},
    {"power_cycle 1107", "Qualcomm WCN7850 WiFi"},
    {"power_cycle 0308", "Qualcomm SDX62 modem"},
};

constexpr PageName nestings[] = {
    {"alone", "alone"},
    {"device_specific", "in a device-specific reset"},
    {"chain", "in the chain of methods"},
    {"outer scope", "inside another reset"},
};

template <std::size_t count>
std::string name_in(const PageName (&names)[count], const std::string& id) {
  for (const PageName& each : names) {
    if (each.id == id) return each.name;
  }
  return id;
}

}  // namespace

std::string name_of_subject(const std::string& subject) { return name_in(subjects, subject); }
std::string name_of_nesting(const std::string& nesting) { return name_in(nestings, nesting); }

}  // namespace campaign
