// The chain: the methods in their order, under one fence.
#include "methods_machine.hpp"

namespace {

constexpr pci::Id hinic_id{0x19e5, 0x375e};
constexpr rg::ChainOptions with_fallback{.fall_back_after_timeout = true};

// Its firmware says that it takes no part in an FLR.
Machine hinic_without_firmware_flr() {
  std::vector<sim::Image> images = quirk_images(hinic_id);
  images.back().behaviour.firmware.hinic_flr_capable = false;
  return Machine(images);
}

// Its FLR hangs; a bus reset brings it back. It has flr, pm and bus.
Machine virtio_that_dies_in_an_flr() {
  sim::Patch change;
  change.msi_x_enabled = false;
  sim::Image image = sim::patch(given(virtio_id), change);
  image.behaviour.firmware.make = sim::make_firmware<sim::ChelsioFirmware>;
  return Machine({virtio_port(), image});
}

Machine nvme_stuck_after_flr() { return Machine({given(root_port_id), nvme_that_dies_in_an_flr()}); }

}  // namespace

TEST_CASE("chain: the first method that is supported is used", "[methods]") {
  Machine machine = virtio_machine();
  REQUIRE(said(reset_by_chain(machine.function)) == "verified");
  CHECK(resets(machine) == "flr");
}

TEST_CASE("chain: without FLR, pm is used before bus", "[methods]") {
  sim::Patch change;
  change.flr = false;
  Machine machine = virtio_machine(change);
  REQUIRE(said(reset_by_chain(machine.function)) == "verified");
  CHECK(resets(machine) == "pm");
}

TEST_CASE("chain: a handler of the quirk table comes before all others", "[methods]") {
  Machine machine = quirk_machine({0x8086, 0x10ed});
  REQUIRE(said(reset_by_chain(machine.function)) == "verified");
  const std::size_t handler = position(machine, [](const sim::Event& event) {
    return is_trace(event, rg::TraceKind::entered) && event.step == std::string("device_specific");
  });
  const std::size_t flr = position(machine, [](const sim::Event& event) {
    return is_trace(event, rg::TraceKind::entered) && event.step == std::string("flr");
  });
  CHECK(handler < flr);
}

TEST_CASE("chain: where nothing is supported no hook is called", "[methods]") {
  Machine machine({given(edu_id)});
  REQUIRE(said(reset_by_chain(machine.function)) == "unsupported");
  CHECK(count(machine.fabric, sim::EventKind::prepare) == 0);
}

TEST_CASE("chain: a port is refused, and no hook is called", "[methods]") {
  Machine machine = nvme_machine();
  REQUIRE(said(reset_by_chain(machine.fabric[0])) == "unsupported");
  CHECK(count(machine.fabric, sim::EventKind::prepare) == 0);
}

TEST_CASE("chain: a capability list with a loop offers nothing", "[methods]") {
  sim::Image image = given(virtio_id);
  auto& bytes = sim::ImageAccess::bytes(image);
  const std::uint8_t first = bytes[pci::header::capabilities_pointer];
  bytes[first] = pci::msi::id;
  bytes[first + 1u] = first;
  Machine machine({image});
  CHECK(said(reset_by_chain(machine.function)) == "unsupported");
}

TEST_CASE("chain: 'unsupported' goes on to the next method", "[methods]") {
  Machine machine = hinic_without_firmware_flr();
  REQUIRE(said(reset_by_chain(machine.function)) == "verified");
  CHECK(resets(machine) == "flr");
}

TEST_CASE("chain: one prepare and one done around all tries", "[methods]") {
  Machine machine = hinic_without_firmware_flr();
  REQUIRE(said(reset_by_chain(machine.function)) == "verified");
  CHECK(count(machine.fabric, sim::EventKind::prepare) == 1);
  CHECK(count(machine.fabric, sim::EventKind::done) == 1);
}

TEST_CASE("chain: a bus reset that the CXL port masks goes on to cxl_bus", "[methods]") {
  Machine machine = cxl_machine();
  REQUIRE(said(reset_by_chain(machine.function)) == "verified");
  CHECK(resets(machine) == "bus");
  CHECK(violations(machine.fabric) == Texts{});
}

TEST_CASE("chain: four nested scopes for a CXL function, one prepare and one done", "[methods]") {
  Machine machine = cxl_machine();
  REQUIRE(said(reset_by_chain(machine.function)) == "verified");
  CHECK(deepest(machine) == 4);
  CHECK(count(machine.fabric, sim::EventKind::prepare) == 1);
  CHECK(count(machine.fabric, sim::EventKind::done) == 1);
}

TEST_CASE("chain: a failure stops it", "[methods]") {
  Machine machine = nvme_machine();
  machine.refuse_writes_to(machine.function, device_control_of(machine.function));
  REQUIRE(said(reset_by_chain(machine.function)) == "io");
  CHECK(machine.function.resets() == 0);
}

TEST_CASE("chain: after a failure the function stays fenced", "[methods]") {
  Machine machine = nvme_machine();
  machine.refuse_writes_to(machine.function, device_control_of(machine.function));
  REQUIRE(said(reset_by_chain(machine.function)) == "io");
  CHECK(stays_fenced(machine.function));
}

// In Linux the walk goes on: both say -ENOTTY.
TEST_CASE("chain: a timeout stops it, too", "[methods]") {
  Machine machine = nvme_stuck_after_flr();
  CHECK(said(reset_by_chain(machine.function)) == "timed_out");
  CHECK(resets(machine) == "flr");
}

TEST_CASE("chain: after a timeout it falls back to the bus reset, if asked", "[methods]") {
  Machine machine = nvme_stuck_after_flr();
  CHECK(said(reset_by_chain(machine.function, with_fallback)) == "verified");
  CHECK(resets(machine) == "flr bus");
}

TEST_CASE("chain: the fallback leaves out pm, which needs a function that answers", "[methods]") {
  Machine machine = virtio_that_dies_in_an_flr();
  REQUIRE(supported(machine.function) == "flr pm bus");
  REQUIRE(said(reset_by_chain(machine.function, with_fallback)) == "verified");
  CHECK(resets(machine) == "flr bus");
}

TEST_CASE("chain: the fallback leaves out what needs a function that works, even if it answers", "[methods]") {
  Machine machine = quirk_machine({0x144d, 0xa804});
  machine.strike({.kind = sim::FaultKind::firmware_silent});
  REQUIRE(supported(machine.function) == "device_specific flr bus");
  REQUIRE(said(reset_by_chain(machine.function, with_fallback)) == "verified");
  CHECK(resets(machine) == "bus");
}

TEST_CASE("chain: the fallback names the failure that it overrules", "[methods]") {
  Machine machine = nvme_stuck_after_flr();
  REQUIRE(said(reset_by_chain(machine.function, with_fallback)) == "verified");
  const auto& events = machine.events();
  const std::size_t at =
      position(machine, [](const sim::Event& event) { return is_trace(event, rg::TraceKind::overruled); });
  REQUIRE(at < events.size());
  CHECK(rg::to_string(events[at].code) == std::string("timed_out"));
}

TEST_CASE("chain: a fallback that works leaves the function neither blocked nor quarantined", "[methods]") {
  Machine machine = nvme_stuck_after_flr();
  REQUIRE(said(reset_by_chain(machine.function, with_fallback)) == "verified");
  CHECK_FALSE(machine.function.blocked());
  CHECK_FALSE(machine.function.reset_state.quarantined());
}

TEST_CASE("chain: no fallback after another failure than a timeout", "[methods]") {
  Machine machine = nvme_machine();
  machine.refuse_writes_to(machine.function, device_control_of(machine.function));
  CHECK(said(reset_by_chain(machine.function, with_fallback)) == "io");
  CHECK(machine.function.resets() == 0);
}

TEST_CASE("chain: a fallback with no method left answers the timeout", "[methods]") {
  Machine machine({nvme_that_dies_in_an_flr()});  // on a root bus
  CHECK(said(reset_by_chain(machine.function, with_fallback)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("chain: a fallback that fails too answers the first failure", "[methods]") {
  Machine machine = nvme_stuck_after_flr();
  machine.refuse_writes_to(machine.fabric[0], pci::bridge::control);
  CHECK(said(reset_by_chain(machine.function, with_fallback)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("chain: the failure of a fallback is counted behind the first", "[methods]") {
  Machine machine = nvme_stuck_after_flr();
  machine.refuse_writes_to(machine.fabric[0], pci::bridge::control);
  CHECK(failure(reset_by_chain(machine.function, with_fallback)).later_errors() == 1);
}

TEST_CASE("chain: the fallback honours 'no bus reset'", "[methods]") {
  sim::Patch change;
  change.id = pci::Id{0x177d, 0xa100};
  sim::Image image = sim::patch(given(nvme_id), change);
  image.behaviour.firmware.nvme_dies_when_enabled = true;
  Machine machine({given(root_port_id), image});
  CHECK(said(reset_by_chain(machine.function, with_fallback)) == "timed_out");
  CHECK(resets(machine) == "flr");
}

TEST_CASE("chain: below a CXL port that masks it, the fallback is cxl_bus", "[methods]") {
  sim::Image image = nvme_that_dies_in_an_flr();
  image.address = given(cxl_memory_id).address;
  Machine machine({given(cxl_port_id), image});
  CHECK(said(reset_by_chain(machine.function, with_fallback)) == "verified");
  CHECK(resets(machine) == "flr bus");
}

TEST_CASE("chain: a function that does not answer is reset from its bus at once", "[methods]") {
  Machine machine = nvme_stuck_after_flr();
  REQUIRE(said(reset_by_chain(machine.function)) == "timed_out");
  CHECK(said(reset_by_chain(machine.function)) == "verified");
  CHECK(resets(machine) == "flr bus");
}
