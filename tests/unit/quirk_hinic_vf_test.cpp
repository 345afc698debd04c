// Huawei HiNIC virtual function.
#include "methods_machine.hpp"

using methods::DeviceSpecific;
using Hinic = sim::HinicFirmware;

namespace {

constexpr pci::Id hinic_id{0x19e5, 0x375e};

Machine hinic(bool flr_capable = true) {
  std::vector<sim::Image> images = quirk_images(hinic_id);
  images.back().behaviour.firmware.hinic_flr_capable = flr_capable;
  return Machine(images);
}

std::size_t acknowledgement(const Machine& machine) {
  const std::size_t flr = position_of(machine, sim::EventKind::reset);
  return position(machine, [&machine, flr](const sim::Event& event) {
    return event.kind == sim::EventKind::mmio_read && event.offset == Hinic::operation &&
           &event > machine.events().data() + flr && (__builtin_bswap32(event.after) & Hinic::flr_in_process) == 0;
  });
}

}  // namespace

TEST_CASE("hinic: done comes after the firmware's acknowledgement", "[quirks]") {
  Machine machine = hinic();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  CHECK(acknowledgement(machine) < position_of(machine, sim::EventKind::done));
}

TEST_CASE("hinic: the function is blocked until the firmware has acknowledged", "[quirks]") {
  Machine machine = hinic();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  const std::size_t acknowledged = acknowledgement(machine);
  REQUIRE(acknowledged < machine.events().size());
  CHECK(machine.events()[acknowledged].blocked);
}

TEST_CASE("hinic: FLR's result is not dropped", "[quirks]") {
  Machine machine = hinic();
  machine.refuse_writes_to(machine.function, device_control_of(machine.function));
  CHECK(said(DeviceSpecific::run(machine.function)) == "io");
}

TEST_CASE("hinic: after a failed FLR the function stays fenced", "[quirks]") {
  Machine machine = hinic();
  machine.strike({.kind = sim::FaultKind::never_ready});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("hinic: its own timeout is a failure", "[quirks]") {
  Machine machine = hinic();
  machine.strike({.kind = sim::FaultKind::firmware_silent});
  CHECK(said(DeviceSpecific::run(machine.function)) == "timed_out");
}

TEST_CASE("hinic: after its own timeout the function stays fenced", "[quirks]") {
  Machine machine = hinic();
  machine.strike({.kind = sim::FaultKind::firmware_silent});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("hinic: a failed map is not 'unsupported'", "[quirks]") {
  Machine machine = hinic();
  machine.strike({.kind = sim::FaultKind::map_fails});
  CHECK(said(DeviceSpecific::run(machine.function)) == "no_memory");
}

TEST_CASE("hinic: after a failed map the chain does not go on to a plain FLR", "[quirks]") {
  Machine machine = hinic();
  machine.strike({.kind = sim::FaultKind::map_fails});
  REQUIRE(said(reset_by_chain(machine.function)) == "no_memory");
  CHECK(machine.function.resets() == 0);
}

TEST_CASE("hinic: probe answers maybe", "[quirks]") {
  Machine machine = hinic();
  CHECK(DeviceSpecific::probe(machine.function).support == rg::Support::maybe);
}

TEST_CASE("hinic: probe looks whether the function answers", "[quirks]") {
  Machine machine = hinic();
  machine.function.tear_out();
  CHECK(DeviceSpecific::probe(machine.function).support == rg::Support::no);
}

TEST_CASE("hinic: firmware without FLR is 'unsupported', and nothing was touched", "[quirks]") {
  Machine machine = hinic(false);
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "unsupported");
  CHECK(outcomes(machine) == "untouched");
}

TEST_CASE("hinic: all ones in the FLR type is a dead device, not a capability", "[quirks]") {
  Machine machine = hinic();
  machine.strike({.kind = sim::FaultKind::reads_ones, .times = 3, .offset = Hinic::flr_type});
  CHECK(said(DeviceSpecific::run(machine.function)) == "gone");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("hinic: an acknowledgement after 14 s is waited for", "[quirks]") {
  Machine machine = hinic();
  machine.strike({.kind = sim::FaultKind::firmware_late, .length = 14s});
  CHECK(said(DeviceSpecific::run(machine.function)) == "verified");
}

TEST_CASE("hinic: a function that goes while its firmware works is gone", "[quirks]") {
  Machine machine = hinic();
  Machine twin = hinic();
  twin.fabric.faults().record_operations(true);
  REQUIRE(said(DeviceSpecific::run(twin.function)) == "verified");
  const auto& performed = twin.fabric.faults().performed();
  const auto bus_number = std::find_if(performed.begin(), performed.end(), [](const sim::Performed& operation) {
    return operation.operation == sim::Operation::config_write && operation.offset == pci::header::vendor_id;
  });
  REQUIRE(bus_number != performed.end());
  const auto next = static_cast<std::uint64_t>(bus_number - performed.begin()) + 2;
  machine.fabric.faults().arm_at(next, sim::FaultKind::gone);
  CHECK(said(DeviceSpecific::run(machine.function)) == "gone");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("hinic: the device learns its bus number after the FLR", "[quirks]") {
  Machine machine = hinic();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  const std::size_t written = position(machine, [](const sim::Event& event) {
    return event.kind == sim::EventKind::config_write && event.offset == pci::header::vendor_id;
  });
  CHECK(position_of(machine, sim::EventKind::reset) < written);
  CHECK(written < acknowledgement(machine));
}

TEST_CASE("hinic: a bus number that cannot be written is a failure", "[quirks]") {
  Machine machine = hinic();
  machine.refuse_writes_to(machine.function, pci::header::vendor_id);
  CHECK(said(DeviceSpecific::run(machine.function)) == "io");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("hinic: BAR 0 is unmapped on every path", "[quirks]") {
  Machine machine = hinic();
  machine.strike({.kind = sim::FaultKind::firmware_silent});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK(count(machine.fabric, sim::EventKind::unmap) == 1);
}
