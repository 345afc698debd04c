#include "sim_machine.hpp"

namespace {

// The CXL memory below its port, whose mask is as in the file (set) or not.
struct CxlMachine {
  sim::Fabric fabric = machine_of({given(cxl_port_id), given(cxl_memory_id)});
  sim::Function& port = fabric[0];
  sim::Function& memory = fabric[1];

  void unmask() { write16(port, port.config().capabilities().cxl_port + pci::cxl_port::control, 1); }
};

sim::Fabric nvme_below_its_port() { return machine_of({given(root_port_id), given(nvme_id)}); }

}  // namespace

TEST_CASE("sim port: a bus reset resets the function below", "[sim]") {
  sim::Fabric fabric = nvme_below_its_port();
  prepare(fabric[1]);
  pulse_bus_reset(fabric[0], 2ms);
  fabric[1].sleep(100ms);
  CHECK_FALSE(fabric[1].holds_state());
  CHECK(read16(fabric[1], pci::header::command) == 0);
  CHECK(violations(fabric).empty());
}

TEST_CASE("sim port: while the bus is held, the function below does not answer", "[sim]") {
  sim::Fabric fabric = nvme_below_its_port();
  prepare(fabric[1]);
  write16(fabric[0], pci::bridge::control, pci::bridge::secondary_bus_reset);
  fabric[1].sleep(10s);
  CHECK(read16(fabric[1], pci::header::command) == 0xffff);
}

TEST_CASE("sim port: a bus reset of less than 1 ms resets nothing, and is a violation", "[sim]") {
  sim::Fabric fabric = nvme_below_its_port();
  prepare(fabric[1]);
  pulse_bus_reset(fabric[0], 900us);
  CHECK(fabric[1].holds_state());
  CHECK(violations(fabric) == Texts{"bus reset shorter than 1 ms"});
}

TEST_CASE("sim port: every function below that is not fenced is a violation", "[sim]") {
  sim::Patch second;
  second.address = pci::Address{0, 1, 0, 1};
  sim::Fabric fabric = machine_of({given(root_port_id), given(nvme_id), sim::patch(given(nvme_id), second)});
  prepare(fabric[1]);
  pulse_bus_reset(fabric[0], 2ms);
  REQUIRE(fabric.log().violations().size() == 1);
  CHECK(fabric.log().violations()[0].function == *second.address);
  CHECK(fabric[1].resets() == 1);
  CHECK(fabric[2].resets() == 1);
}

TEST_CASE("sim port: a bus reset goes through the ports below", "[sim]") {
  sim::Patch inner, leaf;
  inner.address = pci::Address{0, 1, 0, 0};
  inner.bus_behind = 2;
  leaf.address = pci::Address{0, 2, 0, 0};
  sim::Patch outer;
  outer.bus_behind = 1;
  sim::Image top = sim::patch(given(root_port_id), outer);
  sim::ImageAccess::bytes(top)[pci::bridge::subordinate_bus] = 2;
  sim::Fabric fabric = machine_of({top, sim::patch(given(root_port_id), inner), sim::patch(given(nvme_id), leaf)});
  REQUIRE(fabric[2].parent() == &fabric[1]);
  prepare(fabric[2]);
  pulse_bus_reset(fabric[0], 2ms);
  CHECK(fabric[2].resets() == 1);
  CHECK(violations(fabric).empty());
  fabric[2].sleep(100ms);  // the port between has lost its bus numbers: nobody reaches what is behind it
  CHECK(read16(fabric[2], pci::header::command) == 0xffff);
}

TEST_CASE("sim port: a CXL port with the mask set ignores a bus reset, and the log says so", "[sim]") {
  CxlMachine machine;
  prepare(machine.memory);
  pulse_bus_reset(machine.port, 2ms);
  CHECK(machine.memory.resets() == 0);
  CHECK(count(machine.fabric, sim::EventKind::reset_ignored) == 1);
}

TEST_CASE("sim port: a CXL port whose mask is lifted resets", "[sim]") {
  CxlMachine machine;
  machine.unmask();
  prepare(machine.memory);
  pulse_bus_reset(machine.port, 2ms);
  CHECK(machine.memory.resets() == 1);
}

TEST_CASE("sim port: unmasked too late, the bus reset does nothing", "[sim]") {
  CxlMachine machine;
  prepare(machine.memory);
  write16(machine.port, pci::bridge::control, pci::bridge::secondary_bus_reset);
  machine.unmask();
  machine.port.sleep(2ms);
  write16(machine.port, pci::bridge::control, 0);
  CHECK(machine.memory.resets() == 0);
}

TEST_CASE("sim port: below a port that is gone nothing answers", "[sim]") {
  sim::Fabric fabric = nvme_below_its_port();
  fabric[0].tear_out();
  CHECK(fabric[1].read32(0) == 0xffffffff);
}
