// For the tests of the simulation: machines built from the given functions.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "pci_fake.hpp"
#include "sim/fabric.hpp"
#include "sim/load.hpp"
#include "sim/patch.hpp"
#include "sim/quirk_devices.hpp"

using namespace std::chrono_literals;

inline constexpr pci::Id nvme_id{0x1b36, 0x0010}, virtio_id{0x1af4, 0x1041}, edu_id{0x1234, 0x11e8},
    cxl_memory_id{0x8086, 0x0d93}, cxl_port_id{0x8086, 0x7075}, root_port_id{0x1b36, 0x000c};

inline const std::vector<sim::Image>& given_images() {
  static const std::vector<sim::Image> images = [] {
    sim::InputError why;
    auto loaded = sim::load(RESET_GUARD_DATA_DIR, why);
    INFO(why.message());
    return value_of(std::move(loaded)).images;
  }();
  return images;
}

inline const sim::Image& given(pci::Id id) {
  const sim::Image* image = sim::detail::find_image(given_images(), id);
  REQUIRE(image != nullptr);
  return *image;
}

inline sim::Fabric machine_of(std::vector<sim::Image> images) { return sim::Fabric(images); }

// The simulated device of a quirk table entry, below its port if it has one.
inline std::vector<sim::Image> quirk_images(pci::Id id) {
  sim::InputError why;
  for (sim::QuirkDevice& device : value_of(sim::quirk_devices(given_images(), why))) {
    if (device.images.back().id() == id) return std::move(device.images);
  }
  FAIL("no such entry");
  return {};
}

inline sim::Function& last_of(sim::Fabric& fabric) { return fabric[fabric.size() - 1]; }

inline void prepare(sim::Function& function) { REQUIRE(code_of(function.reset_prepare()) == rg::Errc{}); }

inline void write16(sim::Function& function, unsigned offset, unsigned value) {
  REQUIRE(code_of(function.write16(static_cast<std::uint16_t>(offset), static_cast<std::uint16_t>(value))) ==
          rg::Errc{});
}

inline std::uint16_t read16(const sim::Function& function, unsigned offset) {
  return function.read16(static_cast<std::uint16_t>(offset));
}

inline unsigned device_control_of(const sim::Function& function) {
  return function.config().capabilities().express + pci::express::device_control;
}

inline unsigned pmcsr_of(const sim::Function& function) {
  return function.config().capabilities().power_management + pci::power_management::control_status;
}

// A bare FLR: fenced, started, and waited for.
inline void flr(sim::Function& function) {
  prepare(function);
  write16(function, device_control_of(function), pci::express::initiate_function_level_reset);
  function.sleep(100ms);
}

inline void pulse_bus_reset(sim::Function& port, pci::Duration hold) {
  const unsigned control = read16(port, pci::bridge::control);
  write16(port, pci::bridge::control, control | pci::bridge::secondary_bus_reset);
  port.sleep(hold);
  write16(port, pci::bridge::control, control);
}

inline std::vector<std::string> violations(const sim::Fabric& fabric) {
  std::vector<std::string> texts;
  for (const sim::Violation& violation : fabric.log().violations()) texts.emplace_back(violation.text);
  return texts;
}

// How many events of a kind there are.
inline unsigned count(const sim::Fabric& fabric, sim::EventKind kind) {
  unsigned number = 0;
  for (const sim::Event& event : fabric.log().events()) number += event.kind == kind;
  return number;
}

using Texts = std::vector<std::string>;
