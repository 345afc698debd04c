// What people call the campaign's subjects and nestings.
#include <string>
#include <string_view>

#include "page_parts.hpp"
#include "pci/quirks.hpp"
#include "subjects.hpp"

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

// Of a quirk handler its name, or the device that it is for where there are several.
std::string name_of_subject(const std::string& subject) {
  for (const pci::QuirkEntry& entry : pci::quirks) {
    if (subject == pci::name_of(entry.quirk).word) return pci::name_of(entry.quirk).text;
    if (subject == subject_name(entry)) return entry.device;
  }
  return name_in(subjects, subject);
}
std::string name_of_nesting(const std::string& nesting) { return name_in(nestings, nesting); }

}  // namespace campaign
