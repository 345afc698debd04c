// Qualcomm's WiFi adapters and modems: a power cycle by the platform; without one, D3hot, which has to show its effect.
#include "methods_machine.hpp"

using methods::DeviceSpecific;

namespace {

constexpr pci::Id wifi_id{0x17cb, 0x1103};

Machine wifi() { return quirk_machine(wifi_id); }

// On a platform that does not control its power.
Machine wifi_without_power_control(bool no_soft_reset = true) {
  std::vector<sim::Image> images = quirk_images(wifi_id);
  sim::Patch change;
  change.no_soft_reset = no_soft_reset;
  images.back() = sim::patch(images.back(), change);
  return Machine(images);
}

rg::Probe probe(const Machine& machine) { return DeviceSpecific::probe(std::as_const(machine.function)); }

}  // namespace

TEST_CASE("qualcomm: all three devices are marked as proposed, and no other", "[quirks]") {
  for (const auto& entry : quirks::table<sim::Function>) {
    CHECK(entry.handler.proposed == (entry.match.vendor == 0x17cb));
  }
}

TEST_CASE("qualcomm: with power control it is a power cycle", "[quirks]") {
  Machine machine = wifi();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  CHECK(resets(machine) == "power cycle");
}

TEST_CASE("qualcomm: with power control, probe says yes", "[quirks]") {
  CHECK(probe(wifi()).support == rg::Support::yes);
}

TEST_CASE("qualcomm: the probe says that it is proposed", "[quirks]") {
  CHECK(std::string(probe(wifi()).why).find("proposed") == 0);
}

TEST_CASE("qualcomm: power that cannot be switched is a failure, and the function stays fenced", "[quirks]") {
  Machine machine = wifi();
  machine.strike({.kind = sim::FaultKind::platform_fails});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "io");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("qualcomm: a function that is not in D0 is a failure", "[quirks]") {
  Machine machine = wifi();
  write16(machine.function, pmcsr_of(machine.function), pci::power_management::d3hot);
  CHECK(said(DeviceSpecific::run(machine.function)) == "invalid");
}

TEST_CASE("qualcomm: without power control, probe says maybe", "[quirks]") {
  CHECK(probe(wifi_without_power_control()).support == rg::Support::maybe);
}

TEST_CASE("qualcomm: without power control it goes through D3hot", "[quirks]") {
  Machine machine = wifi_without_power_control(false);
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  CHECK(resets(machine) == "pm");
}

// Upstream's proposal takes it for a reset.
TEST_CASE("qualcomm: a D3hot that resets nothing is a failure", "[quirks]") {
  Machine machine = wifi_without_power_control();
  const rg::Error error = failure(DeviceSpecific::run(machine.function));
  CHECK(std::string(error.where()) == "the function kept its state");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("qualcomm: where nothing would show that D3hot has reset it, the answer is 'unsupported'", "[quirks]") {
  Machine machine = wifi_without_power_control();
  write16(machine.function, pci::header::command, 0);
  machine.fabric.log().clear();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "unsupported");
  CHECK(count(machine.fabric, sim::EventKind::config_write) == 0);
}

TEST_CASE("qualcomm: without power control a function that is not in D0 is a failure", "[quirks]") {
  Machine machine = wifi_without_power_control(false);
  write16(machine.function, pmcsr_of(machine.function), pci::power_management::d3hot);
  CHECK(said(DeviceSpecific::run(machine.function)) == "invalid");
}

TEST_CASE("qualcomm: without power control and without Power Management there is no handler for it", "[quirks]") {
  sim::Patch change;
  change.id = wifi_id;
  CHECK(probe(Machine({sim::patch(given(edu_id), change)})).support == rg::Support::no);
}

TEST_CASE("qualcomm: with a second function in its slot its power is left on", "[quirks]") {
  std::vector<sim::Image> images = quirk_images(wifi_id);
  sim::Patch second;
  second.address = pci::Address{0, 1, 0, 1};
  images.insert(images.end() - 1, sim::patch(given(nvme_id), second));
  Machine machine(images);
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "io");  // D3hot, which resets nothing
  CHECK(count(machine.fabric, sim::EventKind::power_off) == 0);
}
