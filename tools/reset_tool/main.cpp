// reset_tool: which reset methods PCI functions support; their resets, simulated, step by step; and real ones.
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiment.hpp"
#include "options.hpp"
#include "report.hpp"
#include "reset.hpp"
#include "shared/command_line.hpp"
#include "shared/pci_ids.hpp"
#include "show.hpp"
#include "sim/fabric.hpp"
#include "sim/load.hpp"
#include "sim/quirk_devices.hpp"

namespace program {

Totals count(const std::vector<Entry>& entries) {
  Totals totals;
  for (const Entry& entry : entries) {
    ++totals.functions;
    if (!entry.reset) continue;
    totals.violations += entry.reset->violations.size();
    switch (answer_of(*entry.reset)) {
      case Answer::verified: ++totals.verified; break;
      case Answer::claimed: ++totals.claimed; break;
      case Answer::unsupported: ++totals.unsupported; break;
      case Answer::failed: ++totals.failed; break;
    }
  }
  return totals;
}

namespace {

// What a function is, where nothing else says it.
std::string class_name(std::uint32_t class_code) {
  static const pci_ids::Names names = pci_ids::Names::installed();
  return pci_ids::short_class_name(class_code, names);
}

// The functions of one machine that were asked for. `name`: what they are; without it their class says so.
void examine(std::span<const sim::Image> machine, const char* name, const Options& options,
             std::vector<Entry>& entries) {
  sim::Fabric fabric(machine);
  fabric.log().record(false);
  for (std::size_t i = 0; i != machine.size(); ++i) {
    const sim::Function& function = fabric[i];
    if (!function.requested()) continue;
    Entry entry{.address = function.address(),
                .id = function.id(),
                .class_code = function.class_code(),
                .virtual_function = function.is_virtual_function(),
                .patched = !function.note().empty(),
                .file = function.file(),
                .name = name != nullptr ? name : class_name(function.class_code()),
                .methods = methods_of(function),
                .kernel = {},
                .reset = {}};
    if (entry.virtual_function && name == nullptr) entry.name += ", virtual function";
    if (!options.list) {
      entry.reset = run_reset(fabric, machine, i, {options.method, options.selection, options.fail});
    } else if (const auto& file = machine[i].kernel_methods; file) {
      entry.kernel = compare_with_kernel(*file, function, entry.methods);
    }
    entries.push_back(std::move(entry));
  }
}

// Adds what --platform says to what each function has.
void add_platform(std::vector<sim::Image>& images, const sim::Platform& offered) {
  for (sim::Image& image : images) {
    sim::Platform& platform = image.behaviour.platform;
    platform.acpi_reset |= offered.acpi_reset;
    platform.power_control |= offered.power_control;
    platform.slot_reset |= offered.slot_reset;
  }
}

// The HiNIC handler: a firmware to wait for, and an FLR inside.
void first_look(const std::vector<sim::QuirkDevice>& devices) {
  for (const sim::QuirkDevice& device : devices) {
    if (device.entry.quirk != pci::Quirk::hinic_vf) continue;
    std::vector<Entry> entries;
    Options options;
    examine(device.images, device.entry.device, options, entries);
    options.fail = "firmware-silent";
    examine(device.images, device.entry.device, options, entries);
    print_first_look(entries[0], entries[1]);
  }
}

int run(const Options& options) {
  const bool given = options.input.empty();
  sim::InputError why;
  auto read = sim::load(given ? RESET_GUARD_DATA_DIR : options.input, why);
  if (read.failed()) {
    std::move(read).discard("what was wrong is in `why`");
    return complain(why.message());
  }
  sim::Loaded loaded = std::move(read).take();
  for (const std::string& line : loaded.skipped) command_line::say("reset_tool", "left out: " + line);

  std::vector<sim::QuirkDevice> devices;
  if (given) {
    // Where this project lies is of no interest.
    for (sim::Image& image : loaded.images) image.file = std::filesystem::path(image.file).filename().string();
    auto made = sim::quirk_devices(loaded.images, why);
    if (made.failed()) {
      std::move(made).discard("what was wrong is in `why`");
      return complain(why.message());
    }
    devices = std::move(made).take();
  }
  add_platform(loaded.images, options.platform);
  for (sim::QuirkDevice& device : devices) add_platform(device.images, options.platform);

  std::vector<Entry> entries;
  examine(loaded.images, nullptr, options, entries);
  for (const sim::QuirkDevice& device : devices) examine(device.images, device.entry.device, options, entries);
  if (options.json) {
    print_json(entries, options);
  } else {
    if (given && options == Options{}) first_look(devices);
    print_text(entries, options);
  }
  const Totals totals = count(entries);
  return totals.failed != 0 || totals.violations != 0 ? a_reset_failed : all_well;
}

// What the verb does, or the option that stands for one.
int dispatch(int argc, char** argv) {
  const std::string_view verb = argc > 1 ? argv[1] : "";
  if (verb == "--version") return std::puts("reset_tool " RESET_GUARD_TOOLS_VERSION), all_well;
  if (verb == "show") return show(argc - 1, argv + 1);
  if (verb == "reset") return reset(argc - 1, argv + 1);
  const bool named = verb == "simulate" || verb == "list";
  int status = all_well;
  const auto options = parse(argc - named, argv + named, verb == "list", status);
  return options ? run(*options) : status;
}

}  // namespace
}  // namespace program

int main(int argc, char** argv) {
  try {
    return command_line::written("reset_tool", program::dispatch(argc, argv));
  } catch (const std::exception& error) {
    return program::complain(error.what());
  }
}
