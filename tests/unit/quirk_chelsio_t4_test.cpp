// Chelsio T4.
#include "methods_machine.hpp"

using methods::DeviceSpecific;

namespace {

constexpr pci::Id t4_id{0x1425, 0x4401};

// As its driver leaves it: bus mastering and MSI-X are off.
Machine t4() {
  Machine machine = quirk_machine(t4_id);
  REQUIRE(said(pci::clear_command(machine.function, pci::command::bus_master)) == "verified");
  machine.fabric.log().clear();
  return machine;
}

bool masters_bus(const Machine& machine) {
  return (machine.function.config().command() & pci::command::bus_master) != 0;
}

unsigned msi_x_flags_of(const Machine& machine) { return 0u + machine.at().msi_x + pci::msi_x::flags; }

// Refuses writes to a register from the FLR on.
void refuse_after_flr(Machine& machine, unsigned offset) {
  Machine twin = t4();
  twin.fabric.faults().record_operations(true);
  const std::uint64_t before = twin.fabric.faults().operations();
  REQUIRE(said(DeviceSpecific::run(twin.function)) == "verified");
  const auto& performed = twin.fabric.faults().performed();
  const unsigned control = device_control_of(twin.function);
  const auto flr = std::find_if(performed.begin(), performed.end(), [control](const sim::Performed& operation) {
    return operation.operation == sim::Operation::config_write && operation.offset == control;
  });
  REQUIRE(flr != performed.end());
  machine.strike({.kind = sim::FaultKind::write_fails,
                  .at = before + static_cast<std::uint64_t>(flr - performed.begin()) + 2,
                  .times = 0,
                  .offset = offset});
}

std::size_t first_write_to(const Machine& machine, unsigned offset) {
  return position(machine, [offset](const sim::Event& event) {
    return event.kind == sim::EventKind::config_write && event.offset == offset;
  });
}

}  // namespace

TEST_CASE("chelsio: FLR's result is not dropped", "[quirks]") {
  Machine machine = t4();
  machine.refuse_writes_to(machine.function, device_control_of(machine.function));
  CHECK(said(DeviceSpecific::run(machine.function)) == "io");
}

TEST_CASE("chelsio: after a failed FLR the function stays fenced", "[quirks]") {
  Machine machine = t4();
  machine.strike({.kind = sim::FaultKind::never_ready});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("chelsio: config is restored after a failed FLR", "[quirks]") {
  Machine machine = t4();
  machine.refuse_writes_to(machine.function, device_control_of(machine.function));
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "io");
  CHECK_FALSE(masters_bus(machine));
  CHECK_FALSE(machine.function.config().msi_x_enabled());
}

TEST_CASE("chelsio: config is restored, and the FLR's failure is first", "[quirks]") {
  Machine machine = t4();
  machine.strike({.kind = sim::FaultKind::never_ready});  // so the restoring fails too: gone
  CHECK(said(DeviceSpecific::run(machine.function)) == "timed_out");
}

TEST_CASE("chelsio: the failure of restoring config is counted behind that of the FLR", "[quirks]") {
  Machine machine = t4();
  machine.strike({.kind = sim::FaultKind::never_ready});
  CHECK(failure(DeviceSpecific::run(machine.function)).later_errors() == 1);
}

TEST_CASE("chelsio: config that cannot be restored is a failure", "[quirks]") {
  Machine machine = t4();
  refuse_after_flr(machine, pci::header::command);
  CHECK(said(DeviceSpecific::run(machine.function)) == "io");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("chelsio: what was set up before the drain failed is put back", "[quirks]") {
  Machine machine = t4();
  machine.refuse_writes_to(machine.function, msi_x_flags_of(machine));
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "io");
  CHECK_FALSE(masters_bus(machine));
}

TEST_CASE("chelsio: without its drain there is no FLR, in which it would hang", "[quirks]") {
  Machine machine = t4();
  machine.refuse_writes_to(machine.function, msi_x_flags_of(machine));
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "io");
  CHECK(machine.function.resets() == 0);
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("chelsio: a plain FLR would hang it", "[quirks]") {
  Machine machine = t4();
  CHECK(said(methods::Flr::run(machine.function)) == "timed_out");
}

TEST_CASE("chelsio: config is as it was after a success", "[quirks]") {
  Machine machine = t4();
  const std::uint16_t command = machine.function.config().command();
  const std::uint32_t bar = machine.function.config().read(0x14, 4);
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  CHECK(machine.function.config().command() == command);
  CHECK(machine.function.config().read(0x14, 4) == bar);
  CHECK_FALSE(machine.function.config().msi_x_enabled());
}

// It is on during the reset, by design.
TEST_CASE("chelsio: bus mastering goes on behind the fence only", "[quirks]") {
  Machine machine = t4();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  const std::size_t on = first_write_to(machine, pci::header::command);
  REQUIRE(on < machine.events().size());
  CHECK((machine.events()[on].after & pci::command::bus_master) != 0);
  CHECK(machine.events()[on].blocked);
}

TEST_CASE("chelsio: MSI-X goes on masked", "[quirks]") {
  Machine machine = t4();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  const std::size_t on = first_write_to(machine, msi_x_flags_of(machine));
  REQUIRE(on < machine.events().size());
  CHECK((machine.events()[on].after & pci::msi_x::function_mask) != 0);
}

TEST_CASE("chelsio: MSI-X that is on already is left alone", "[quirks]") {
  std::vector<sim::Image> images = quirk_images(t4_id);
  sim::Patch change;
  change.msi_x_enabled = true;
  images.back() = sim::patch(images.back(), change);
  Machine machine(images);
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  const std::size_t write = first_write_to(machine, msi_x_flags_of(machine));
  CHECK(position_of(machine, sim::EventKind::reset) < write);  // the first one restores it
}

TEST_CASE("chelsio: for another chip than a T4 the answer is 'unsupported'", "[quirks]") {
  std::vector<sim::Image> images = quirk_images(t4_id);
  sim::Patch change;
  change.id = pci::Id{0x1425, 0x5401};
  images.back() = sim::patch(images.back(), change);
  Machine machine(images);
  CHECK(DeviceSpecific::probe(machine.function).support == rg::Support::no);
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "unsupported");
  CHECK(outcomes(machine) == "untouched");
}
