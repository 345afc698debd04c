#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sim/load.hpp"
#include "sim/patch.hpp"
#include "sim/quirk_devices.hpp"
#include "subjects.hpp"

namespace campaign {
namespace {

constexpr pci::Id nvme{0x1b36, 0x0010}, virtio_net{0x1af4, 0x1041}, edu{0x1234, 0x11e8}, root_port{0x1b36, 0x000c},
    cxl_memory{0x8086, 0x0d93}, cxl_port{0x8086, 0x7075};

const sim::Image& find(const std::vector<sim::Image>& images, pci::Id id) {
  const sim::Image* image = sim::detail::find_image(images, id);
  if (image == nullptr) throw std::runtime_error("a function is missing in the folder of the given ones");
  return *image;
}

std::vector<sim::Image> given_images() {
  sim::InputError why;
  auto loaded = sim::load(RESET_GUARD_DATA_DIR, why);
  if (loaded.failed()) {
    std::move(loaded).discard("what was wrong is in `why`");
    throw std::runtime_error(why.message());
  }
  return std::move(loaded).take().images;
}

std::vector<sim::QuirkDevice> quirk_devices(const std::vector<sim::Image>& given) {
  sim::InputError why;
  auto devices = sim::quirk_devices(given, why);
  if (devices.failed()) {
    std::move(devices).discard("what was wrong is in `why`");
    throw std::runtime_error(why.message());
  }
  return std::move(devices).take();
}

}  // namespace

std::string subject_name(const pci::QuirkEntry& entry) {
  std::string name = pci::name_of(entry.quirk).word;
  if (std::count_if(std::begin(pci::quirks), std::end(pci::quirks),
                    [&](const pci::QuirkEntry& other) { return other.quirk == entry.quirk; }) == 1) {
    return name;
  }
  char id[16];
  std::snprintf(id, sizeof id, " %04x:%04x", entry.id.vendor, entry.id.device);
  return name + id;
}

std::vector<TestMachine> test_machines() {
  const std::vector<sim::Image> given = given_images();
  // Each function offers what it is for first: so the chain, too, comes to that.
  sim::Patch with_af, with_pm, with_bus;
  with_af.advanced_features = true;
  with_pm.flr = false;
  with_bus.flr = false;
  with_bus.no_soft_reset = true;
  sim::Patch with_acpi, with_slot = with_bus, with_power = with_bus;
  with_acpi.platform = sim::Platform{.acpi_reset = true};
  with_slot.platform = sim::Platform{.slot_reset = true};
  with_power.platform = sim::Platform{.power_control = true};
  sim::Patch port_of_bus_2;
  port_of_bus_2.bus_behind = std::uint8_t{2};
  sim::Image dies_in_flr = find(given, nvme);
  dies_in_flr.behaviour.firmware.nvme_dies_when_enabled = true;

  const sim::Image& port = find(given, root_port);
  std::vector<TestMachine> machines{
      {"flr", {port, find(given, nvme)}},
      {"af_flr", {sim::patch(find(given, edu), with_af)}},
      {"pm", {sim::patch(port, port_of_bus_2), sim::patch(find(given, virtio_net), with_pm)}},
      {"bus", {port, sim::patch(find(given, nvme), with_bus)}},
      {"acpi", {port, sim::patch(find(given, nvme), with_acpi)}},
      {"slot", {port, sim::patch(find(given, nvme), with_slot)}},
      {"d3cold", {port, sim::patch(find(given, nvme), with_power)}},
      {"cxl_bus", {find(given, cxl_port), sim::patch(find(given, cxl_memory), with_bus)}},
      {"fallback", {port, dies_in_flr}},
  };
  for (sim::QuirkDevice& device : quirk_devices(given)) {
    machines.push_back({subject_name(device.entry), std::move(device.images)});
  }
  return machines;
}

}  // namespace campaign
