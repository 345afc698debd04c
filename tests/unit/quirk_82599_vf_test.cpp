// Intel 82599 virtual function.
#include "methods_machine.hpp"

using methods::DeviceSpecific;

namespace {

Machine a_82599_vf(bool has_flr = true) {
  std::vector<sim::Image> images = quirk_images({0x8086, 0x10ed});
  images.back().behaviour.unreported_flr = has_flr;
  return Machine(images);
}

}  // namespace

TEST_CASE("82599: an FLR, although Device Capabilities does not offer it", "[quirks]") {
  Machine machine = a_82599_vf();
  REQUIRE(methods::Flr::probe(machine.function).support == rg::Support::no);
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  CHECK(resets(machine) == "flr");
}

TEST_CASE("82599: FLR's result is not dropped", "[quirks]") {
  Machine machine = a_82599_vf();
  machine.strike({.kind = sim::FaultKind::never_ready});
  CHECK(said(DeviceSpecific::run(machine.function)) == "timed_out");
}

TEST_CASE("82599: after a failed FLR the function stays fenced", "[quirks]") {
  Machine machine = a_82599_vf();
  machine.strike({.kind = sim::FaultKind::never_ready});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("82599: an FLR that the function ignores is a failure", "[quirks]") {
  Machine machine = a_82599_vf(false);
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "io");
  CHECK(machine.function.holds_state());
}

TEST_CASE("82599: probe looks whether the function answers", "[quirks]") {
  Machine machine = a_82599_vf();
  machine.function.tear_out();
  CHECK(DeviceSpecific::probe(machine.function).support == rg::Support::no);
}

TEST_CASE("82599: with Command 0 a virtual function shows its reset by MSI-X", "[quirks]") {
  Machine machine = a_82599_vf();
  write16(machine.function, pci::header::command, 0);
  CHECK(said(DeviceSpecific::run(machine.function)) == "verified");
}

TEST_CASE("82599: with Command 0 and MSI-X off the Function Mask is set, and shows it", "[quirks]") {
  Machine machine = a_82599_vf();
  write16(machine.function, pci::header::command, 0);
  write16(machine.function, machine.at().msi_x + pci::msi_x::flags, 0);
  CHECK(said(DeviceSpecific::run(machine.function)) == "verified");
}
