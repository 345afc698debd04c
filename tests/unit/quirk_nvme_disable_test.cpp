// Samsung NVMe controllers, to be disabled before an FLR.
#include "methods_machine.hpp"

using methods::DeviceSpecific;

namespace {

constexpr pci::Id samsung_id{0x144d, 0xa804};

Machine samsung() { return quirk_machine(samsung_id); }

Machine samsung(const sim::Patch& change) {
  std::vector<sim::Image> images = quirk_images(samsung_id);
  images.back() = sim::patch(images.back(), change);
  return Machine(images);
}

// With memory decode off, as a function without a driver may be.
Machine samsung_without_decode() {
  Machine machine = samsung();
  REQUIRE(said(pci::clear_command(machine.function, pci::command::memory_space)) == "verified");
  return machine;
}

bool decodes(const Machine& machine) { return (machine.function.config().command() & pci::command::memory_space) != 0; }

bool has_written(const Machine& machine, unsigned offset) {
  const std::size_t at = position(machine, [offset](const sim::Event& event) {
    return event.kind == sim::EventKind::mmio_write && event.offset == offset;
  });
  return at != machine.events().size();
}

}  // namespace

TEST_CASE("nvme disable: its own timeout is a failure", "[quirks]") {
  std::vector<sim::Image> images = quirk_images(samsung_id);
  images.back().behaviour.firmware.nvme_dies_when_enabled = false;  // or the FLR would fail
  Machine machine(images);
  machine.strike({.kind = sim::FaultKind::firmware_silent});
  CHECK(said(DeviceSpecific::run(machine.function)) == "timed_out");
}

TEST_CASE("nvme disable: after its own timeout there is no FLR, which would kill it", "[quirks]") {
  Machine machine = samsung();
  machine.strike({.kind = sim::FaultKind::firmware_silent});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK(machine.function.resets() == 0);
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("nvme disable: FLR's result is not dropped", "[quirks]") {
  Machine machine = samsung();
  machine.refuse_writes_to(machine.function, device_control_of(machine.function));
  CHECK(said(DeviceSpecific::run(machine.function)) == "io");
}

TEST_CASE("nvme disable: after a failed FLR the function stays fenced", "[quirks]") {
  Machine machine = samsung();
  machine.strike({.kind = sim::FaultKind::never_ready});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("nvme disable: a failed map is not 'unsupported'", "[quirks]") {
  Machine machine = samsung();
  machine.strike({.kind = sim::FaultKind::map_fails});
  CHECK(said(DeviceSpecific::run(machine.function)) == "no_memory");
}

TEST_CASE("nvme disable: after a failed map the chain does not go on to an FLR", "[quirks]") {
  Machine machine = samsung();
  machine.strike({.kind = sim::FaultKind::map_fails});
  REQUIRE(said(reset_by_chain(machine.function)) == "no_memory");
  CHECK(machine.function.resets() == 0);
}

TEST_CASE("nvme disable: memory decode goes back off when no FLR follows", "[quirks]") {
  Machine machine = samsung_without_decode();
  machine.strike({.kind = sim::FaultKind::firmware_silent});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK_FALSE(decodes(machine));
}

TEST_CASE("nvme disable: memory decode goes back off after a failed map", "[quirks]") {
  Machine machine = samsung_without_decode();
  machine.strike({.kind = sim::FaultKind::map_fails});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "no_memory");
  CHECK_FALSE(decodes(machine));
}

TEST_CASE("nvme disable: memory decode goes back off when the FLR cannot be started", "[quirks]") {
  Machine machine = samsung_without_decode();
  machine.refuse_writes_to(machine.function, device_control_of(machine.function));
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "io");
  CHECK_FALSE(decodes(machine));
}

TEST_CASE("nvme disable: with memory decode off the controller is disabled all the same", "[quirks]") {
  Machine machine = samsung_without_decode();
  CHECK(said(DeviceSpecific::run(machine.function)) == "verified");
}

// Its timeout field would be 255: 128 s.
TEST_CASE("nvme disable: all ones in CAP is a dead device, at once", "[quirks]") {
  Machine machine = samsung();
  machine.strike({.kind = sim::FaultKind::reads_ones, .times = 3, .offset = pci::nvme::cap});
  machine.strike({.kind = sim::FaultKind::firmware_silent});
  const auto start = machine.function.now();
  REQUIRE(said(DeviceSpecific::run(machine.function)) != "verified");
  CHECK(machine.function.now() - start < 1s);
}

TEST_CASE("nvme disable: all ones in CAP is 'gone', and nothing is written to the controller", "[quirks]") {
  Machine machine = samsung();
  machine.strike({.kind = sim::FaultKind::reads_ones, .times = 3, .offset = pci::nvme::cap});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "gone");
  CHECK_FALSE(has_written(machine, pci::nvme::cc));
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("nvme disable: a controller that goes while it is disabled is gone", "[quirks]") {
  Machine machine = samsung();
  machine.strike({.kind = sim::FaultKind::gone, .offset = pci::nvme::csts});
  CHECK(said(DeviceSpecific::run(machine.function)) == "gone");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("nvme disable: CAP's timeout is waited for, and no more", "[quirks]") {
  std::vector<sim::Image> images = quirk_images(samsung_id);
  images.back().behaviour.firmware.nvme_timeout_units = 3;
  Machine machine(images);
  machine.strike({.kind = sim::FaultKind::firmware_silent});
  const auto start = machine.function.now();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK(machine.function.now() - start >= 2s);
  CHECK(machine.function.now() - start < 2100ms);
}

TEST_CASE("nvme disable: an FLR of the enabled controller would kill it", "[quirks]") {
  Machine machine = samsung();
  CHECK(said(methods::Flr::run(machine.function)) == "timed_out");
}

TEST_CASE("nvme disable: a controller that is not enabled is not written to", "[quirks]") {
  Machine machine = samsung();
  value_of(machine.function.map_bar(0)).write32(pci::nvme::cc, 0);
  machine.function.sleep(1s);
  machine.fabric.log().clear();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  CHECK_FALSE(has_written(machine, pci::nvme::cc));
}

TEST_CASE("nvme disable: for another class than NVMe the answer is 'unsupported'", "[quirks]") {
  sim::Patch change;
  change.class_code = 0x010601;
  Machine machine = samsung(change);
  CHECK(DeviceSpecific::probe(machine.function).support == rg::Support::no);
  CHECK(said(DeviceSpecific::run(machine.function)) == "unsupported");
}

TEST_CASE("nvme disable: without FLR the answer is 'unsupported'", "[quirks]") {
  sim::Patch change;
  change.flr = false;
  Machine machine = samsung(change);
  CHECK(DeviceSpecific::probe(machine.function).support == rg::Support::no);
  CHECK(said(DeviceSpecific::run(machine.function)) == "unsupported");
}

TEST_CASE("nvme disable: without BAR 0 the answer is 'unsupported', and nothing was touched", "[quirks]") {
  Machine machine = samsung();
  REQUIRE(said(machine.function.write32(pci::header::bar, 0)) == "verified");
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "unsupported");
  CHECK(outcomes(machine) == "untouched");
}
