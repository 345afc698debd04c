// Qualcomm's WLAN adapters and modems: a register behind BAR 0. What the WLAN shows is looked at; the modem shows
// nothing.
#include "methods_machine.hpp"

using methods::DeviceSpecific;
using Wlan = sim::QualcommWlanFirmware;

namespace {

Machine wlan() { return quirk_machine({0x17cb, 0x1103}); }
Machine modem() { return quirk_machine({0x17cb, 0x0308}); }

rg::Probe probe(const Machine& machine) { return DeviceSpecific::probe(std::as_const(machine.function)); }

}  // namespace

TEST_CASE("qualcomm: all three devices are marked as proposed, and no other", "[quirks]") {
  for (const auto& entry : quirks::table<sim::Function>) {
    CHECK(entry.handler.proposed == (entry.match.vendor == 0x17cb));
  }
}

TEST_CASE("qualcomm: a WLAN adapter is reset, and shows it", "[quirks]") {
  Machine machine = wlan();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  CHECK(resets(machine) == "firmware");
}

TEST_CASE("qualcomm: a WLAN adapter that loses the write to its reset register is a failure", "[quirks]") {
  Machine machine = wlan();
  machine.strike({.kind = sim::FaultKind::write_ignored, .offset = Wlan::reset_register});
  CHECK(said(DeviceSpecific::run(machine.function)) == "io");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("qualcomm: a WLAN adapter whose driver asked for nothing shows its reset all the same", "[quirks]") {
  Machine machine = wlan();
  {
    auto registers = value_of(machine.function.map_bar(0));
    registers.write32(Wlan::mhi_control, 0);
  }
  CHECK(said(DeviceSpecific::run(machine.function)) == "verified");
}

TEST_CASE("qualcomm: a WLAN adapter that answers too late is a failure, and stays fenced", "[quirks]") {
  Machine machine = wlan();
  machine.strike({.kind = sim::FaultKind::firmware_late});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("qualcomm: the chip is held in reset for 10 ms after the write has arrived", "[quirks]") {
  Machine machine = wlan();
  machine.strike({.kind = sim::FaultKind::write_late, .offset = Wlan::reset_register});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  CHECK(violations(machine.fabric) == Texts{});
}

TEST_CASE("qualcomm: a modem's reset is a claim", "[quirks]") {
  Machine machine = modem();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "claimed");
  CHECK(outcomes(machine) == "claimed");
}

TEST_CASE("qualcomm: a modem that loses the write is still only a claim", "[quirks]") {
  Machine machine = modem();
  machine.strike({.kind = sim::FaultKind::write_ignored});
  CHECK(said(DeviceSpecific::run(machine.function)) == "claimed");
}

TEST_CASE("qualcomm: a claim lifts no quarantine of a modem", "[quirks]") {
  Machine machine = modem();
  machine.strike({.kind = sim::FaultKind::map_fails});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "no_memory");
  CHECK(said(DeviceSpecific::run(machine.function)) == "not_shown");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("qualcomm: for a quarantined modem the chain goes on to a reset that shows itself", "[quirks]") {
  Machine machine = modem();
  machine.strike({.kind = sim::FaultKind::map_fails});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "no_memory");
  CHECK(said(reset_by_chain(machine.function)) == "verified");
  CHECK_FALSE(machine.function.blocked());
}

TEST_CASE("qualcomm: a function that is not in D0 is a failure", "[quirks]") {
  Machine machine = wlan();
  write16(machine.function, pmcsr_of(machine.function), pci::power_management::d3hot);
  CHECK(said(DeviceSpecific::run(machine.function)) == "invalid");
}

TEST_CASE("qualcomm: memory decode is put back as it was", "[quirks]") {
  Machine machine = wlan();
  write16(machine.function, pci::header::command, pci::command::interrupt_disable);
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  CHECK(machine.function.config().command() == pci::command::interrupt_disable);
}

TEST_CASE("qualcomm: probe looks whether BAR 0 is assigned", "[quirks]") {
  Machine machine = wlan();
  REQUIRE(said(machine.function.write32(pci::header::bar, 0)) == "verified");
  CHECK(probe(machine).support == rg::Support::no);
}

TEST_CASE("qualcomm: BAR 0 is unmapped on every path", "[quirks]") {
  Machine machine = wlan();
  machine.strike({.kind = sim::FaultKind::firmware_silent});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK(count(machine.fabric, sim::EventKind::unmap) == 1);
}
