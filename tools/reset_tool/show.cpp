#include "show.hpp"

#include <reset_guard/reset_guard.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "experiment.hpp"
#include "linux/file.hpp"
#include "linux/function.hpp"
#include "options.hpp"
#include "pci/capability.hpp"
#include "pci/id.hpp"
#include "pci/registers.hpp"
#include "shared/command_line.hpp"
#include "shared/event_json.hpp"
#include "shared/pci_ids.hpp"
#include "shared/style.hpp"
#include "sim/config_space.hpp"
#include "sim/fabric.hpp"
#include "sim/image.hpp"
#include "sim/load.hpp"

namespace program {
namespace {

namespace fs = std::filesystem;

// --- options ---------------------------------------------------------------------------------------------------------

struct ShowOptions {
  std::string input;  // an address, a file or a folder
  bool json = false;
  std::string devices = host::devices_folder;
  std::optional<std::string> ids;
};

constexpr const char* show_help =
    "Usage: reset_tool show FUNCTION|FILE [OPTION...]\n"
    "Prints what a reset of one PCI function needs to know: what it is and who uses it,\n"
    "the capabilities that matter, as lspci words them, the ports above it, the reset\n"
    "methods with the reason for each, and what else a reset would reach. Only reads.\n\n"
    "  FUNCTION          its address, as lspci has it: 0000:01:00.0, or 01:00.0. To be\n"
    "                    run as root, who alone may read all of config space\n"
    "  FILE              a config-space file, or a function's folder in a tree like\n"
    "                    /sys/bus/pci/devices; ports and neighbours are those beside\n"
    "                    it. A file whose name is an address: ./0000:01:00.0\n"
    "  --json            print JSON, which tools/reset_tool/json.md describes\n"
    "  --devices FOLDER  instead of /sys/bus/pci/devices\n"
    "  --pci-ids FILE    names from this file, instead of the installed pci.ids\n"
    "  --help            print this\n"
    "\nExit status: 0 it was printed, 2 the input or an option is wrong.\n";

std::optional<ShowOptions> parse_show(int argc, char** argv, int& status) {
  ShowOptions options;
  std::vector<std::string> inputs;
  CLI::App app("", "reset_tool");
  app.add_option("FUNCTION", inputs);
  app.add_flag("--json", options.json);
  app.add_option("--devices", options.devices);
  app.add_option("--pci-ids", options.ids);
  if (!command_line::read(app, argc, argv, show_help, status)) return std::nullopt;
  const auto refuse = [&status](const std::string& what) {
    status = complain("show" + what);
    return std::nullopt;
  };
  if (inputs.empty() || inputs.front().empty()) {
    return refuse(": which function? Its address, as lspci has it, 0000:01:00.0, or a config-space file");
  }
  if (inputs.size() > 1) return refuse(" " + inputs[1] + ": one function at a time");
  options.input = inputs.front();
  std::error_code code;
  if (const auto address = pci::parse_address(options.input)) {
    const std::string folder = options.devices + "/" + pci::to_text(*address).c_str();
    if (!fs::is_directory(folder, code)) {
      return refuse(" " + options.input + ": no such function in " + options.devices + " (lspci -D lists them)");
    }
    options.input = folder;
  } else if (!fs::exists(options.input, code)) {
    return refuse(" " + options.input + ": no such file, and no address of a function; one is like 0000:01:00.0");
  }
  return options;
}

// --- registers, in lspci's words -------------------------------------------------------------------------------------

// A part of a register. Its name is lspci's; a flag has + or - behind it.
struct Field {
  enum Kind : std::uint8_t { flag, number, power_state, speed, width };
  const char* name;
  std::uint32_t mask;
  Kind kind = flag;
};

struct Register {
  const char* name;  // lspci's; empty where it has none
  std::uint16_t offset;
  unsigned bytes;
  std::vector<Field> fields;
};

// A register as it was read: the fields' values, each shifted to bit 0.
struct Seen {
  struct Value {
    Field field;
    std::uint32_t value;
  };
  const char* name;
  std::vector<Value> values;
};

// A capability; or the header, without an offset.
struct Capability {
  const char* name;
  std::string detail;  // of PCI Express: version and type
  std::uint16_t at = 0;
  bool of_port = false;  // matters in a port for what is below it
  std::vector<Seen> registers;
};

std::vector<Seen> look_at(const sim::ConfigView& config, unsigned start, const std::vector<Register>& registers) {
  std::vector<Seen> seen;
  for (const Register& each : registers) {
    const std::uint32_t value = config.read(start + each.offset, each.bytes);
    Seen one{each.name, {}};
    for (const Field& field : each.fields) {
      one.values.push_back({field, (value & field.mask) / (field.mask & (~field.mask + 1))});
    }
    seen.push_back(std::move(one));
  }
  return seen;
}

constexpr unsigned type_of(std::uint16_t flags) {
  return (flags & pci::express::type_mask) >> pci::express::type_shift;
}

const char* express_type(unsigned type) {
  static constexpr const char* names[] = {"Endpoint",
                                          "Legacy Endpoint",
                                          nullptr,
                                          nullptr,
                                          "Root Port",
                                          "Upstream Port",
                                          "Downstream Port",
                                          "PCI-Express to PCI/PCI-X Bridge",
                                          "PCI/PCI-X to PCI-Express Bridge",
                                          "Root Complex Integrated Endpoint",
                                          "Root Complex Event Collector"};
  const char* const name = type < std::size(names) ? names[type] : nullptr;
  return name != nullptr ? name : "Unknown type";
}

bool is_downstream_port(unsigned type) { return type == 4 || type == 6 || type == 8; }
bool is_integrated(unsigned type) { return type == 9 || type == 10; }  // in the root complex, without a link

bool has_slot(const sim::ConfigView& config, std::uint16_t express) {
  const std::uint16_t flags = express != 0 ? config.read16(express + pci::express::flags) : std::uint16_t{0};
  return is_downstream_port(type_of(flags)) && (flags & pci::express::slot_implemented) != 0;
}

Capability express_of(const sim::ConfigView& config, std::uint16_t at) {
  namespace e = pci::express;
  const std::uint16_t flags = config.read16(at + e::flags);
  const unsigned type = type_of(flags);
  const bool below = is_downstream_port(type);
  std::vector<Register> registers;
  if (type <= 1 || type == 9) {  // endpoints; reserved in others
    registers.push_back({"DevCap", e::device_capabilities, 4, {{"FLReset", e::function_level_reset_capable}}});
  }
  registers.push_back({"DevSta", e::device_status, 2, {{"TransPend", e::transactions_pending}}});
  if (below) registers.push_back({"LnkCap", e::link_capabilities, 4, {{"LLActRep", e::link_active_reporting_capable}}});
  if (!is_integrated(type)) {
    Register link{"LnkSta",
                  e::link_status,
                  2,
                  {{"Speed", e::link_speed_mask, Field::speed}, {"Width", e::link_width_mask, Field::width}}};
    if (below) {
      link.fields.push_back({"Train", e::link_training});
      link.fields.push_back({"DLActive", e::data_link_layer_link_active});
    }
    registers.push_back(std::move(link));
  }
  std::string detail = format("(v%d) %s", flags & e::version_mask, express_type(type));
  if (below) detail += has_slot(config, at) ? " (Slot+)" : " (Slot-)";
  if (has_slot(config, at)) {
    registers.push_back({"SltCap",
                         e::slot_capabilities,
                         4,
                         {{"PwrCtrl", e::power_controller_present},
                          {"HotPlug", e::hot_plug_capable},
                          {"Surprise", e::hot_plug_surprise}}});
    registers.push_back({"SltCtl",
                         e::slot_control,
                         2,
                         {{"PresDet", e::presence_detect_changed_enable},
                          {"HPIrq", e::hot_plug_interrupt_enable},
                          {"LinkChg", e::data_link_layer_state_changed_enable},
                          {"Power", e::power_controller_control}}});
    registers.push_back({"SltSta", e::slot_status, 2, {{"PresDet", e::presence_detect_state}}});
  }
  return {"Express", std::move(detail), at, true, look_at(config, at, registers)};
}

std::uint16_t extended_at(const sim::ConfigView& config, std::uint16_t id) {
  auto found = pci::find_extended_capability(config, id);
  if (!found.failed()) return std::move(found).take();
  std::move(found).discard("a capability that is not there is not shown");
  return 0;
}

// What matters for a reset, in the order of the text.
std::vector<Capability> capabilities_of(const sim::Image& image) {
  const sim::ConfigView config = image.config();
  const auto at = sim::CapabilityOffsets::of(config);
  std::vector<Register> header{{"Control",
                                pci::header::command,
                                2,
                                {{"I/O", pci::command::io_space},
                                 {"Mem", pci::command::memory_space},
                                 {"BusMaster", pci::command::bus_master},
                                 {"DisINTx", pci::command::interrupt_disable}}}};
  if (image.is_bridge()) {
    header.push_back({"BridgeCtl", pci::bridge::control, 2, {{">Reset", pci::bridge::secondary_bus_reset}}});
  }
  std::vector<Capability> all{{"header", "", 0, true, look_at(config, 0, header)}};
  if (at.express != 0) all.push_back(express_of(config, at.express));

  const auto add = [&](const char* name, std::uint16_t where, bool of_port, const std::vector<Register>& registers) {
    if (where != 0) all.push_back({name, "", where, of_port, look_at(config, where, registers)});
  };
  namespace pm = pci::power_management;
  namespace af = pci::advanced_features;
  add("Power Management", at.power_management, true,
      {{"Flags", pm::capabilities, 2, {{"PME(D3cold)", pm::pme_d3cold}}},
       {"Status",
        pm::control_status,
        2,
        {{"power_state", pm::power_state_mask, Field::power_state}, {"NoSoftRst", pm::no_soft_reset}}}});
  add("PCI Advanced Features", at.advanced_features, false,
      {{"AFCap",
        af::capabilities,
        1,
        {{"TP", af::transactions_pending_capable}, {"FLR", af::function_level_reset_capable}}},
       {"AFStatus", af::status, 1, {{"TP", af::transactions_pending}}}});
  add("MSI", at.msi, false, {{"", pci::msi::flags, 2, {{"Enable", pci::msi::enable}}}});
  add("MSI-X", at.msi_x, false,
      {{"", pci::msi_x::flags, 2, {{"Enable", pci::msi_x::enable}, {"Masked", pci::msi_x::function_mask}}}});
  add("SR-IOV", at.sr_iov, false,
      {{"IOVCtl", pci::sr_iov::control, 2, {{"Enable", pci::sr_iov::vf_enable}, {"MSE", pci::sr_iov::vf_memory_space}}},
       {"", pci::sr_iov::total_vfs, 2, {{"Total VFs", 0xffff, Field::number}}},
       {"", pci::sr_iov::number_of_vfs, 2, {{"Number of VFs", 0xffff, Field::number}}}});
  add("ATS", extended_at(config, pci::address_translation::id), false,
      {{"ATSCtl", pci::address_translation::control, 2, {{"Enable", pci::address_translation::enable}}}});
  add("PRI", extended_at(config, pci::page_request::id), false,
      {{"PRICtl", pci::page_request::control, 2, {{"Enable", pci::page_request::enable}}},
       {"PRISta", pci::page_request::status, 2, {{"Stopped", pci::page_request::stopped}}}});
  add("PASID", extended_at(config, pci::process_address_space::id), false,
      {{"PASIDCtl", pci::process_address_space::control, 2, {{"Enable", pci::process_address_space::enable}}}});
  add("CXL port", at.cxl_port, true,
      {{"CXLPortCtl", pci::cxl_port::control, 2, {{"UnmaskSBR", pci::cxl_port::unmask_sbr}}}});
  return all;
}

const char* speed_name(std::uint32_t value) {
  static constexpr const char* names[] = {"unknown", "2.5GT/s", "5GT/s", "8GT/s", "16GT/s", "32GT/s", "64GT/s"};
  return value < std::size(names) ? names[value] : names[0];
}

// "FLReset+", "PME(D3cold-)", "D0", "Speed 8GT/s", "Number of VFs: 4".
std::string in_words(const Seen::Value& seen) {
  const std::string name = seen.field.name;
  switch (seen.field.kind) {
    case Field::flag: {
      const char sign = seen.value != 0 ? '+' : '-';
      return name.back() == ')' ? name.substr(0, name.size() - 1) + sign + ')' : name + sign;
    }
    case Field::number: return format("%s: %u", seen.field.name, seen.value);
    case Field::power_state: return format("D%u", seen.value);
    case Field::speed: return name + " " + speed_name(seen.value);
    case Field::width: return format("%s x%u", seen.field.name, seen.value);
  }
  return "";
}

Json in_json(const Seen::Value& seen) {
  switch (seen.field.kind) {
    case Field::flag: return seen.value != 0;
    case Field::power_state: return format("D%u", seen.value);
    case Field::speed: return speed_name(seen.value);
    case Field::number:
    case Field::width: break;
  }
  return seen.value;
}

// --- the function and those around it --------------------------------------------------------------------------------

// What the kernel knows of a function, in its folder in sysfs.
struct KernelView {
  std::optional<std::string> driver;
  std::optional<std::string> group;  // the IOMMU group's number
  std::vector<std::string> members;  // of that group, without the function
  std::vector<std::string> methods;  // the file reset_method
  std::optional<std::string> d3cold_allowed;
};

// Where a link of sysfs leads: the last name.
std::optional<std::string> linked_name(const fs::path& link) {
  std::error_code code;
  const fs::path target = fs::read_symlink(link, code);
  if (code) return std::nullopt;
  return target.filename().string();
}

bool is_in_sysfs(const sim::Image& image) { return fs::path(image.file).filename() == "config"; }

fs::path folder_of(const sim::Image& image) {
  const fs::path folder = fs::path(image.file).parent_path();
  return folder.empty() ? fs::path(".") : folder;
}

std::optional<std::string> driver_of(const sim::Image& image) {
  return is_in_sysfs(image) ? linked_name(folder_of(image) / "driver") : std::nullopt;
}

std::optional<KernelView> kernel_view_of(const sim::Image& image) {
  if (!is_in_sysfs(image)) return std::nullopt;
  const fs::path folder = folder_of(image);
  KernelView view;
  view.driver = driver_of(image);
  view.group = linked_name(folder / "iommu_group");
  std::error_code code;
  for (fs::directory_iterator entry(folder / "iommu_group" / "devices", code), end; !code && entry != end;
       entry.increment(code)) {
    const std::string name = entry->path().filename().string();
    if (name != pci::to_text(image.address).c_str()) view.members.push_back(name);
  }
  std::sort(view.members.begin(), view.members.end());
  std::istringstream methods(host::read_text((folder / "reset_method").string()).value_or(""));
  for (std::string name; methods >> name;) view.methods.push_back(name);
  view.d3cold_allowed = host::read_text((folder / "d3cold_allowed").string());
  return view;
}

using Images = std::vector<const sim::Image*>;

bool same_domain(const sim::Image& a, const sim::Image& b) {
  return a.address_known && b.address_known && a.address.domain == b.address.domain;
}

// Whether `candidate` is one of the enabled virtual functions of `physical` (SR-IOV 1.1, section 2.1.2).
bool is_vf_of(const sim::Image& candidate, const sim::Image& physical) {
  const sim::ConfigView config = physical.config();
  const auto at = extended_at(config, pci::sr_iov::id);
  if (at == 0 || !candidate.is_virtual_function() || !same_domain(candidate, physical)) return false;
  const auto field = [&](std::uint16_t offset) -> std::uint32_t { return config.read(at + std::size_t{offset}, 2); };
  if ((field(pci::sr_iov::control) & pci::sr_iov::vf_enable) == 0) return false;
  const std::uint32_t number = field(pci::sr_iov::number_of_vfs), stride = field(pci::sr_iov::vf_stride);
  const std::uint32_t first = physical.address.routing_id() + field(pci::sr_iov::first_vf_offset);
  for (std::uint32_t i = 0; i != number; ++i) {
    if (((first + i * stride) & 0xffff) == candidate.address.routing_id()) return true;
  }
  return false;
}

// What a reset would reach, besides the function itself: what is below `port`, which may be the function; without one
// the function's virtual functions.
struct Reach {
  std::vector<std::string> by;  // "bus", "slot", "power": those that reach the same functions; or "any"
  const sim::Image* port = nullptr;
  Images functions;  // those that are in the input
};

struct Subject {
  const sim::Image* image = nullptr;
  std::optional<KernelView> kernel;
  std::vector<MethodReport> methods;
  Images ports;                          // above it, the nearest first
  const sim::Image* physical = nullptr;  // of a virtual function
  std::vector<Reach> reach;
  unsigned unseen = 0;  // on its bus: those that its neighbours' registers announce, and are not here
};

Images below(const sim::Image& port, const sim::Image& except, std::span<const sim::Image> machine) {
  const std::uint8_t secondary = port.config().read8(pci::bridge::secondary_bus);
  const std::uint8_t subordinate = port.config().read8(pci::bridge::subordinate_bus);
  Images found;
  for (const sim::Image& other : machine) {
    if (&other == &except || !same_domain(other, port)) continue;
    if (secondary <= other.address.bus && other.address.bus <= subordinate) found.push_back(&other);
  }
  return found;
}

Subject examine_one(std::span<const sim::Image> machine, std::size_t index) {
  const sim::Fabric fabric(machine);
  const sim::Image& image = machine[index];
  Subject subject;
  subject.image = &image;
  subject.kernel = kernel_view_of(image);
  subject.methods = methods_of(fabric[index]);
  for (const sim::Function* port = fabric[index].parent(); port != nullptr; port = port->parent()) {
    for (std::size_t i = 0; i != machine.size(); ++i) {
      if (&fabric[i] == port) subject.ports.push_back(&machine[i]);
    }
  }
  Reach own{{"any"}, nullptr, {}};
  unsigned on_bus = 1;
  for (const sim::Image& other : machine) {
    if (&other == &image) continue;
    if (is_vf_of(image, other)) subject.physical = &other;
    if (is_vf_of(other, image)) own.functions.push_back(&other);
    on_bus += same_domain(image, other) && other.address.bus == image.address.bus;
  }
  subject.unseen = fabric[index].functions_on_bus() - on_bus;
  if (!own.functions.empty()) subject.reach.push_back(std::move(own));
  // A reset of a bridge goes on to what is below it (PCI Express Base 6.0, section 6.6.1).
  if (image.is_bridge()) subject.reach.push_back({{"any"}, &image, below(image, image, machine)});

  const auto add = [&](const char* by, const sim::Image* port) {
    if (port == nullptr) return;
    for (Reach& reach : subject.reach) {
      if (reach.port == port) return reach.by.emplace_back(by), void();
    }
    subject.reach.push_back({{by}, port, below(*port, image, machine)});
  };
  // The nearest port whose slot has all of these.
  const auto slot_with = [&](std::uint32_t capabilities) -> const sim::Image* {
    for (const sim::Image* port : subject.ports) {
      const sim::ConfigView config = port->config();
      const std::uint16_t at = sim::CapabilityOffsets::of(config).express;
      if (!has_slot(config, at)) continue;
      if ((config.read32(at + pci::express::slot_capabilities) & capabilities) == capabilities) return port;
    }
    return nullptr;
  };
  add("bus", subject.ports.empty() ? nullptr : subject.ports.front());
  add("slot", slot_with(pci::express::hot_plug_capable));
  add("power", slot_with(pci::express::power_controller_present));
  return subject;
}

// --- names, as lspci -nn has them ------------------------------------------------------------------------------------

std::string class_text(const sim::Image& image, const pci_ids::Names& names) {
  const std::string name = names.class_of(image.class_code());
  return name.empty() ? pci_ids::short_class_name(image.class_code(), names) : name;
}

std::string device_text(const sim::Image& image, const pci_ids::Names& names) {
  const std::string vendor = names.vendor(image.id().vendor);
  const std::string device = names.device(image.id().vendor, image.id().device);
  return (vendor.empty() ? "" : vendor + " ") + (device.empty() ? "Device" : device) +
         format(" [%04x:%04x]", image.id().vendor, image.id().device);
}

std::string heading_of(const sim::Image& image, const pci_ids::Names& names) {
  const std::uint32_t code = image.class_code();
  std::string text = class_text(image, names) + format(" [%04x]: ", code >> 8) + device_text(image, names);
  if (image.revision() != 0) text += format(" (rev %02x)", image.revision());
  const std::string interface = names.programming_interface(code);
  if ((code & 0xff) != 0 || !interface.empty()) {
    text += format(" (prog-if %02x", code & 0xff) + (interface.empty() ? "" : " [" + interface + "]") + ")";
  }
  return text;
}

// --- text ------------------------------------------------------------------------------------------------------------

using TextWords = std::vector<std::string>;

// Prints a label, and words in a column of their own. A line ends between two words; only one that is longer than the
// column is cut. Control characters in names are replaced.
void print_item(const std::string& label, std::size_t column, const TextWords& words) {
  constexpr std::size_t page_width = 80;
  const std::size_t room = page_width - column;
  std::string before = label, line;
  const auto end_line = [&] {
    std::printf("%s%s\n", before.c_str(), line.c_str());
    before.assign(column, ' ');
    line.clear();
  };
  for (std::string word : words) {
    for (char& c : word) {
      if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = '?';
    }
    if (!line.empty() && line.size() + 1 + word.size() > room) end_line();
    if (!line.empty()) line += ' ';
    for (; word.size() > room; word.erase(0, room)) {
      line = word.substr(0, room);
      end_line();
    }
    line += word;
  }
  end_line();
}

void print_item(const std::string& label, std::size_t column, const std::string& text) {
  TextWords words;
  std::istringstream stream(text);
  for (std::string word; stream >> word;) words.push_back(word);
  print_item(label, column, words);
}

std::string addresses(const std::vector<std::string>& names) {
  constexpr std::size_t most = 8;
  std::string text;
  for (std::size_t i = 0; i != std::min(names.size(), most); ++i) text += (i == 0 ? "" : ", ") + names[i];
  return names.size() > most ? text + format(" and %zu more", names.size() - most) : text;
}

// A line of what is known beside the registers.
void print_fact(const char* name, const std::string& text) { print_item(format("  %-14s ", name), 17, text); }

void print_kernel_view(const KernelView& kernel) {
  print_fact("driver", kernel.driver.value_or("none is bound"));
  if (!kernel.group) {
    print_fact("IOMMU group", "none: no IOMMU translates its DMA");
  } else {
    print_fact("IOMMU group",
               *kernel.group + (kernel.members.empty() ? ", alone" : ", with " + addresses(kernel.members)));
  }
  std::string methods;
  for (const std::string& name : kernel.methods) methods += (methods.empty() ? "" : " ") + name;
  print_fact("reset_method", methods.empty() ? "none: the kernel offers no reset" : methods);
  if (kernel.d3cold_allowed) print_fact("d3cold_allowed", *kernel.d3cold_allowed);
}

// "LnkSta: Speed 8GT/s, Width x4".
std::string in_words(const Seen& seen) {
  std::string text = *seen.name != '\0' ? seen.name + std::string(":") : "";
  for (std::size_t i = 0; i != seen.values.size(); ++i) {
    const Field::Kind kind = seen.values[i].field.kind;
    const bool measure = kind == Field::number || kind == Field::speed || kind == Field::width;
    if (!text.empty()) text += ' ';
    text += in_words(seen.values[i]);
    if (measure && i + 1 != seen.values.size()) text += ",";
  }
  return text;
}

// A line for each, broken between registers where it is too long. `of_port`: those alone that matter below a port.
void print_capabilities(const Style& style, const std::vector<Capability>& capabilities, bool of_port) {
  for (const Capability& each : capabilities) {
    if (of_port && !each.of_port) continue;
    TextWords words;
    if (each.at != 0) words.push_back(each.name + (each.detail.empty() ? ":" : " " + each.detail + ":"));
    for (const Seen& seen : each.registers) {
      words.push_back(in_words(seen) + (&seen == &each.registers.back() ? "" : ";"));
    }
    const std::string offset = each.at != 0 ? format("[%02x]", each.at) : "";
    print_item(style.dim(format("  %-6s ", offset.c_str())), 9, words);
  }
}

void print_ports(const Style& style, const Subject& subject, const pci_ids::Names& names) {
  std::printf("\n%s\n", style.bold("Ports above").c_str());
  if (subject.ports.empty()) {
    print_item("  ", 2, subject.kernel ? "none: it is on a root bus" : "none in the input");
    return;
  }
  for (const sim::Image* port : subject.ports) {
    const std::string address = pci::to_text(port->address).c_str();
    print_item("  " + address + "  ", address.size() + 4, class_text(*port, names) + ": " + device_text(*port, names));
    if (port == subject.ports.front()) print_capabilities(style, capabilities_of(*port), true);
  }
}

void print_all_methods(const Style& style, const Subject& subject) {
  std::printf("\n%s\n", style.bold("Reset methods").c_str());
  for (const MethodReport& method : subject.methods) {
    const bool no = method.support == rg::Support::no, yes = method.support == rg::Support::yes;
    const std::string mark = format("%-6s", no ? "not" : yes ? "yes" : "maybe");
    std::string label = format("  %-16s ", method.name) + (no ? mark : yes ? style.green(mark) : style.yellow(mark));
    std::size_t label_width = 25;
    if (subject.kernel) {
      const auto& kernels = subject.kernel->methods;
      const auto found = std::find(kernels.begin(), kernels.end(), method.name);
      label += found == kernels.end() ? "kernel: no   " : format("kernel: %-4td ", found - kernels.begin() + 1);
      label_width += 13;
    }
    print_item(label, label_width, method.why);
  }
}

void print_reach(const Style& style, const Subject& subject, const pci_ids::Names& names) {
  constexpr std::size_t most = 8;
  std::printf("\n%s\n", style.bold("What else a reset would reach").c_str());
  const auto print = [](const std::string& label, const std::string& text) {
    print_item("  " + label + std::string(label.size() < 16 ? 17 - label.size() : 1, ' '),
               label.size() < 16 ? 19 : label.size() + 3, text);
  };
  for (const Reach& reach : subject.reach) {
    const std::string where = reach.port == nullptr
                                  ? format("its %zu virtual functions, which cease to exist", reach.functions.size())
                                  : "below " + std::string(pci::to_text(reach.port->address).c_str());
    print(reach.by.front() == "any" ? "any reset" : command_line::join(reach.by),
          where + (reach.functions.empty() ? ": nothing else" : ":"));
    for (std::size_t i = 0; i != std::min(most, reach.functions.size()); ++i) {
      const sim::Image& other = *reach.functions[i];
      const auto driver = driver_of(other);
      const std::string address = pci::to_text(other.address).c_str();
      print_item("    " + address + "  ", address.size() + 6,
                 class_text(other, names) + ": " + device_text(other, names) + (driver ? ", driver " + *driver : ""));
    }
    if (reach.functions.size() > most) print("", format("and %zu more", reach.functions.size() - most));
  }
  if (subject.ports.empty()) print("bus", "no port above it that could reset its bus");
  if (subject.unseen != 0) print("unseen", format("%u more on its bus, not in the input", subject.unseen));
}

void print_subject(const Subject& subject, const pci_ids::Names& names) {
  const Style style;
  const sim::Image& image = *subject.image;
  const std::string address = pci::to_text(image.address).c_str();
  print_item(style.bold(address) + " ", address.size() + 1, heading_of(image, names));
  if (!subject.kernel) print_fact("bytes", image.file);
  if (image.is_virtual_function()) {
    print_fact("VF of", subject.physical == nullptr ? "a physical function that is not in the input"
                                                    : std::string(pci::to_text(subject.physical->address).c_str()) +
                                                          "  " + device_text(*subject.physical, names));
  }
  if (subject.kernel) print_kernel_view(*subject.kernel);
  print_capabilities(style, capabilities_of(image), false);
  print_ports(style, subject, names);
  print_all_methods(style, subject);
  print_reach(style, subject, names);
}

// --- JSON ------------------------------------------------------------------------------------------------------------

Json json_of(const std::vector<Capability>& capabilities) {
  Json all = Json::object();
  for (const Capability& each : capabilities) {
    Json json = Json::object();
    if (each.at != 0) json["at"] = each.at;
    if (!each.detail.empty()) json["type"] = each.detail;
    for (const Seen& seen : each.registers) {
      Json& place = *seen.name != '\0' ? json[seen.name] : json;
      for (const Seen::Value& value : seen.values) place[value.field.name] = in_json(value);
    }
    all[each.name] = std::move(json);
  }
  return all;
}

Json or_null_if_empty(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json json_of(const sim::Image& image, const pci_ids::Names& names) {
  const pci::Id id = image.id();
  const std::uint32_t code = image.class_code();
  return {{"address", pci::to_text(image.address).c_str()},
          {"ids", format("%04x:%04x", id.vendor, id.device)},
          {"class", format("%06x", code)},
          {"revision", format("%02x", image.revision())},
          {"name", class_text(image, names)},
          {"vendor_name", or_null_if_empty(names.vendor(id.vendor))},
          {"device_name", or_null_if_empty(names.device(id.vendor, id.device))},
          {"interface_name", or_null_if_empty(names.programming_interface(code))},
          {"driver", or_null(driver_of(image))}};
}

Json json_of(const KernelView& kernel) {
  Json json = {{"iommu_group", or_null(kernel.group)},
               {"iommu_group_others", kernel.members},
               {"reset_method", kernel.methods},
               {"d3cold_allowed", nullptr}};
  if (kernel.d3cold_allowed) json["d3cold_allowed"] = *kernel.d3cold_allowed == "1";
  return json;
}

Json json_of(const Subject& subject, const pci_ids::Names& names) {
  const sim::Image& image = *subject.image;
  Json json = {{"schema", "reset_guard.function"}, {"version", 1}, {"file", image.file}};
  json.update(json_of(image, names));
  json["virtual_function"] = image.is_virtual_function();
  json["physical_function"] =
      subject.physical != nullptr ? Json(pci::to_text(subject.physical->address).c_str()) : Json(nullptr);
  json["kernel"] = subject.kernel ? json_of(*subject.kernel) : Json(nullptr);
  json["capabilities"] = json_of(capabilities_of(image));
  json["ports"] = Json::array();
  for (const sim::Image* port : subject.ports) {
    Json above = json_of(*port, names);
    above["capabilities"] = json_of(capabilities_of(*port));
    json["ports"].push_back(std::move(above));
  }
  json["methods"] = Json::array();
  for (const MethodReport& method : subject.methods) {
    const char* support = method.support == rg::Support::no    ? "no"
                          : method.support == rg::Support::yes ? "yes"
                                                               : "maybe";
    json["methods"].push_back({{"name", method.name}, {"support", support}, {"why", method.why}});
  }
  json["reach"] = Json::array();
  for (const Reach& reach : subject.reach) {
    Json others = Json::array();
    for (const sim::Image* other : reach.functions) others.push_back(json_of(*other, names));
    json["reach"].push_back(
        {{"by", reach.by},
         {"port", reach.port != nullptr ? Json(pci::to_text(reach.port->address).c_str()) : Json(nullptr)},
         {"functions", std::move(others)}});
  }
  json["unseen"] = subject.unseen;
  return json;
}

}  // namespace

int show(int argc, char** argv) {
  int status = command_line::all_well;
  const auto options = parse_show(argc, argv, status);
  if (!options) return status;
  std::optional<pci_ids::Names> names =
      options->ids ? pci_ids::Names::read(*options->ids) : pci_ids::Names::installed();
  if (!names) return complain("show: --pci-ids " + *options->ids + ": no file that can be read");

  sim::InputError why;
  auto read = sim::load(options->input, why);
  if (read.failed()) {
    std::move(read).discard("what was wrong is in `why`");
    return complain("show: " + why.message());
  }
  const sim::Loaded loaded = std::move(read).take();
  for (const std::string& line : loaded.skipped) std::fprintf(stderr, "reset_tool: left out: %s\n", line.c_str());
  const auto asked = [](const sim::Image& image) { return image.requested; };
  const auto first = std::find_if(loaded.images.begin(), loaded.images.end(), asked);
  if (std::count_if(loaded.images.begin(), loaded.images.end(), asked) != 1) {
    return complain("show " + options->input + ": several functions; name one of them");
  }
  const Subject subject = examine_one(loaded.images, static_cast<std::size_t>(first - loaded.images.begin()));
  if (options->json) {
    std::puts(json_of(subject, *names).dump(2, ' ', false, Json::error_handler_t::replace).c_str());
  } else {
    print_subject(subject, *names);
  }
  return command_line::all_well;
}

}  // namespace program
