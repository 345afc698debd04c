// Intel Ivy Bridge graphics.
#include "methods_machine.hpp"

using methods::DeviceSpecific;
using Graphics = sim::IvyBridgeGraphicsFirmware;

namespace {

Machine graphics() { return quirk_machine({0x8086, 0x0166}); }

bool is_write_to(const sim::Event& event, unsigned offset) {
  return event.kind == sim::EventKind::mmio_write && event.offset == offset;
}

}  // namespace

TEST_CASE("ivy bridge: its own timeout is a failure", "[quirks]") {
  Machine machine = graphics();
  machine.strike({.kind = sim::FaultKind::firmware_silent});
  CHECK(said(DeviceSpecific::run(machine.function)) == "timed_out");
}

TEST_CASE("ivy bridge: after a timeout the function stays fenced", "[quirks]") {
  Machine machine = graphics();
  machine.strike({.kind = sim::FaultKind::firmware_silent});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("ivy bridge: the engine is not reset while the panel is on", "[quirks]") {
  Machine machine = graphics();
  machine.strike({.kind = sim::FaultKind::firmware_silent});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK(machine.function.resets() == 0);
}

TEST_CASE("ivy bridge: probe looks whether the function answers", "[quirks]") {
  Machine machine = graphics();
  machine.function.tear_out();
  CHECK(DeviceSpecific::probe(machine.function).support == rg::Support::no);
}

TEST_CASE("ivy bridge: probe looks whether BAR 0 is assigned", "[quirks]") {
  Machine machine = graphics();
  REQUIRE(said(machine.function.write32(pci::header::bar, 0)) == "verified");
  CHECK(DeviceSpecific::probe(machine.function).support == rg::Support::no);
}

TEST_CASE("ivy bridge: a panel that takes 9 s to go off is waited for", "[quirks]") {
  Machine machine = graphics();
  machine.strike({.kind = sim::FaultKind::firmware_late, .length = 9s});
  CHECK(said(DeviceSpecific::run(machine.function)) == "verified");
}

TEST_CASE("ivy bridge: a failed map is a failure", "[quirks]") {
  Machine machine = graphics();
  machine.strike({.kind = sim::FaultKind::map_fails});
  CHECK(said(DeviceSpecific::run(machine.function)) == "no_memory");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("ivy bridge: a device that goes while its panel goes off is gone", "[quirks]") {
  Machine machine = graphics();
  machine.strike({.kind = sim::FaultKind::gone, .offset = Graphics::panel_power_status});
  CHECK(said(DeviceSpecific::run(machine.function)) == "gone");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("ivy bridge: the reset is written after the panel is off, and before done", "[quirks]") {
  Machine machine = graphics();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  const std::size_t off = position(machine, [](const sim::Event& event) {
    return event.kind == sim::EventKind::mmio_read && event.offset == Graphics::panel_power_status &&
           (event.after & Graphics::panel_busy) == 0;
  });
  const std::size_t reset =
      position(machine, [](const sim::Event& event) { return is_write_to(event, Graphics::power_state); });
  CHECK(off < reset);
  CHECK(reset < position_of(machine, sim::EventKind::done));
}

TEST_CASE("ivy bridge: BAR 0 is unmapped on every path", "[quirks]") {
  Machine machine = graphics();
  machine.strike({.kind = sim::FaultKind::firmware_silent});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK(count(machine.fabric, sim::EventKind::unmap) == 1);
}
