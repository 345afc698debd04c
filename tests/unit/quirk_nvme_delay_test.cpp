// NVMe controllers that need 250 ms after an FLR.
#include "methods_machine.hpp"

using methods::DeviceSpecific;

namespace {

Machine solidigm() { return quirk_machine({0x025e, 0xf1ac}); }

// Where the FLR's own scope, inside the handler's, has ended.
std::size_t end_of_flr(const Machine& machine) {
  return position(machine,
                  [](const sim::Event& event) { return is_trace(event, rg::TraceKind::finished) && event.depth == 2; });
}

}  // namespace

TEST_CASE("nvme delay: FLR's result is not dropped", "[quirks]") {
  Machine machine = solidigm();
  machine.refuse_writes_to(machine.function, device_control_of(machine.function));
  CHECK(said(DeviceSpecific::run(machine.function)) == "io");
}

TEST_CASE("nvme delay: after a failed FLR the function stays fenced", "[quirks]") {
  Machine machine = solidigm();
  machine.strike({.kind = sim::FaultKind::never_ready});
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("nvme delay: done comes 250 ms after the FLR's own scope has ended", "[quirks]") {
  Machine machine = solidigm();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "verified");
  const std::size_t flr = end_of_flr(machine);
  const std::size_t done = position_of(machine, sim::EventKind::done);
  REQUIRE(flr < done);
  REQUIRE(done < machine.events().size());
  CHECK(machine.events()[done].time - machine.events()[flr].time >= 250ms);
}

TEST_CASE("nvme delay: a controller that goes while it settles is gone", "[quirks]") {
  Machine twin = solidigm();
  REQUIRE(said(DeviceSpecific::run(twin.function)) == "verified");
  Machine machine = solidigm();
  machine.fabric.faults().arm_at(twin.events()[end_of_flr(twin)].operation + 1, sim::FaultKind::gone);
  CHECK(said(DeviceSpecific::run(machine.function)) == "gone");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("nvme delay: where Device Capabilities offers no FLR, the answer is 'unsupported'", "[quirks]") {
  std::vector<sim::Image> images = quirk_images({0x8086, 0x0953});
  sim::Patch change;
  change.flr = false;
  images.back() = sim::patch(images.back(), change);
  Machine machine(images);
  CHECK(DeviceSpecific::probe(machine.function).support == rg::Support::no);
  CHECK(said(DeviceSpecific::run(machine.function)) == "unsupported");
}

TEST_CASE("nvme delay: a lost read in the probe does not let the chain go on to a plain FLR", "[quirks]") {
  Machine clean = quirk_machine({0x8086, 0x0953});
  REQUIRE(said(reset_by_chain(clean.function)) == "verified");
  std::uint64_t prepared = 0;
  for (const sim::Event& event : clean.events()) {
    if (event.kind == sim::EventKind::prepare) prepared = event.operation;
  }
  REQUIRE(prepared > 5);
  for (std::uint64_t at = 1; at != prepared; ++at) {
    CAPTURE(at);
    Machine machine = quirk_machine({0x8086, 0x0953});
    machine.fabric.faults().arm_at(at, sim::FaultKind::reads_ones);
    CHECK(said(reset_by_chain(machine.function)) == "verified");
    CHECK(violations(machine.fabric).empty());
  }
}
