#include <cstdint>
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

struct HandlerName {
  pci::Id id;
  const char* name;
};

constexpr HandlerName handler_names[] = {
    {{0x8086, 0x10ed}, "82599_vf"},
    {{0x8086, 0x0156}, "ivy_bridge_graphics 0156"},
    {{0x8086, 0x0166}, "ivy_bridge_graphics 0166"},
    {{0x144d, 0xa804}, "nvme_disable"},
    {{0x8086, 0x0953}, "nvme_delay 8086:0953"},
    {{0x8086, 0x0a54}, "nvme_delay 8086:0a54"},
    {{0x025e, 0xf1ac}, "nvme_delay 025e:f1ac"},
    {{0x1425, 0x4401}, "chelsio_t4"},
    {{0x19e5, 0x375e}, "hinic_vf"},
    {{0x17cb, 0x1103}, "power_cycle 1103"},
    {{0x17cb, 0x1107}, "power_cycle 1107"},
    {{0x17cb, 0x0308}, "power_cycle 0308"},
};

std::string handler_name(pci::Id id) {
  for (const HandlerName& known : handler_names) {
    if (known.id == id) return known.name;
  }
  throw std::runtime_error("the quirk table has an entry that the campaign has no name for");
}

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
    machines.push_back({handler_name(device.images.back().id()), std::move(device.images)});
  }
  return machines;
}

}  // namespace campaign
