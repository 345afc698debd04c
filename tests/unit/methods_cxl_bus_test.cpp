// cxl_bus: `bus` inside it, and the port's unmask bit, which is what it was on every path.
#include "methods_machine.hpp"

using methods::CxlBus;

namespace {

unsigned control_of(const sim::Function& port) {
  return port.config().capabilities().cxl_port + pci::cxl_port::control;
}

bool unmasked(const Machine& machine) {
  const sim::Function& port = machine.fabric[0];
  return (port.config().read(control_of(port), 2) & pci::cxl_port::unmask_sbr) != 0;
}

// Refuses the writes to a register of the port from the second on, or from the first.
void refuse_port_writes(Machine& machine, unsigned offset, unsigned first) {
  Machine twin = cxl_machine();
  twin.fabric.faults().record_operations(true);
  REQUIRE(said(CxlBus::run(twin.function)) == "verified");
  const auto& performed = twin.fabric.faults().performed();
  std::uint64_t number = 0;
  for (unsigned seen = 0; seen != first;) {
    const sim::Performed& operation = performed.at(number++);
    if (operation.operation == sim::Operation::config_write && operation.offset == offset) ++seen;
  }
  machine.fabric.faults().arm({.kind = sim::FaultKind::write_fails,
                               .at = number,
                               .times = 0,
                               .function = machine.fabric[0].address(),
                               .offset = offset});
}

}  // namespace

TEST_CASE("cxl_bus: one prepare and one done around three nested scopes", "[methods]") {
  Machine machine = cxl_machine();
  REQUIRE(said(CxlBus::run(machine.function)) == "verified");
  CHECK(deepest(machine) == 3);
  CHECK(count(machine.fabric, sim::EventKind::prepare) == 1);
  CHECK(count(machine.fabric, sim::EventKind::done) == 1);
}

TEST_CASE("cxl_bus: the port lets the bus reset through while it is held", "[methods]") {
  Machine machine = cxl_machine();
  REQUIRE(said(CxlBus::run(machine.function)) == "verified");
  CHECK(resets(machine) == "bus");
}

TEST_CASE("cxl_bus: the unmask bit is restored after a success", "[methods]") {
  Machine machine = cxl_machine();
  REQUIRE(said(CxlBus::run(machine.function)) == "verified");
  CHECK_FALSE(unmasked(machine));
}

TEST_CASE("cxl_bus: a port that was unmasked before stays so", "[methods]") {
  Machine machine = cxl_machine(true);
  REQUIRE(said(CxlBus::run(machine.function)) == "verified");
  CHECK(unmasked(machine));
}

TEST_CASE("cxl_bus: the unmask bit is restored when the bus reset times out", "[methods]") {
  Machine machine = cxl_machine();
  machine.strike({.kind = sim::FaultKind::never_ready});
  REQUIRE(said(CxlBus::run(machine.function)) == "timed_out");
  CHECK_FALSE(unmasked(machine));
}

TEST_CASE("cxl_bus: the unmask bit is restored when the bus reset cannot be started", "[methods]") {
  Machine machine = cxl_machine();
  refuse_port_writes(machine, pci::bridge::control, 1);
  REQUIRE(said(CxlBus::run(machine.function)) == "io");
  CHECK_FALSE(unmasked(machine));
}

TEST_CASE("cxl_bus: the unmask bit is restored when the bus cannot be released", "[methods]") {
  Machine machine = cxl_machine();
  refuse_port_writes(machine, pci::bridge::control, 2);
  REQUIRE(said(CxlBus::run(machine.function)) == "io");
  CHECK_FALSE(unmasked(machine));
}

TEST_CASE("cxl_bus: the unmask bit is restored when the function has left", "[methods]") {
  Machine machine = cxl_machine();
  machine.function.tear_out();
  REQUIRE(said(CxlBus::run(machine.function)) == "timed_out");
  CHECK_FALSE(unmasked(machine));
}

TEST_CASE("cxl_bus: a port that cannot be unmasked is a failure", "[methods]") {
  Machine machine = cxl_machine();
  refuse_port_writes(machine, control_of(machine.fabric[0]), 1);
  CHECK(said(CxlBus::run(machine.function)) == "io");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("cxl_bus: a port that cannot be unmasked sees no bus reset", "[methods]") {
  Machine machine = cxl_machine();
  refuse_port_writes(machine, control_of(machine.fabric[0]), 1);
  REQUIRE(said(CxlBus::run(machine.function)) == "io");
  CHECK(resets(machine).empty());
  CHECK(count(machine.fabric, sim::EventKind::reset_ignored) == 0);
}

TEST_CASE("cxl_bus: an unmask bit that cannot be restored is reported", "[methods]") {
  Machine machine = cxl_machine();
  refuse_port_writes(machine, control_of(machine.fabric[0]), 2);
  CHECK(said(CxlBus::run(machine.function)) == "io");
}

TEST_CASE("cxl_bus: an unmask bit that cannot be restored leaves the function fenced", "[methods]") {
  Machine machine = cxl_machine();
  refuse_port_writes(machine, control_of(machine.fabric[0]), 2);
  REQUIRE(said(CxlBus::run(machine.function)) == "io");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("cxl_bus: the failure of the bus reset comes before that of restoring the bit", "[methods]") {
  Machine machine = cxl_machine();
  machine.strike({.kind = sim::FaultKind::never_ready});
  refuse_port_writes(machine, control_of(machine.fabric[0]), 2);
  CHECK(said(CxlBus::run(machine.function)) == "timed_out");
}

TEST_CASE("cxl_bus: the failure of restoring the bit is counted behind that of the bus reset", "[methods]") {
  Machine machine = cxl_machine();
  machine.strike({.kind = sim::FaultKind::never_ready});
  refuse_port_writes(machine, control_of(machine.fabric[0]), 2);
  CHECK(failure(CxlBus::run(machine.function)).later_errors() == 1);
}

TEST_CASE("cxl_bus: done comes after the unmask bit is restored", "[methods]") {
  Machine machine = cxl_machine();
  REQUIRE(said(CxlBus::run(machine.function)) == "verified");
  const unsigned control = control_of(machine.fabric[0]);
  const std::size_t restored = position(machine, [control](const sim::Event& event) {
    return event.kind == sim::EventKind::config_write && event.offset == control &&
           (event.after & pci::cxl_port::unmask_sbr) == 0;
  });
  CHECK(restored < position_of(machine, sim::EventKind::done));
}

TEST_CASE("cxl_bus: a port that leaves in the last write of all is not a success", "[methods]") {
  Machine clean = cxl_machine();
  REQUIRE(said(CxlBus::run(clean.function)) == "verified");
  std::uint64_t last_write = 0;
  for (const sim::Event& event : clean.events()) {
    if (event.kind == sim::EventKind::config_write) last_write = event.operation;
  }
  Machine machine = cxl_machine();
  machine.fabric.faults().arm_at(last_write, sim::FaultKind::gone);
  CHECK(said(CxlBus::run(machine.function)) == "gone");
  CHECK(stays_fenced(machine.function));
}
