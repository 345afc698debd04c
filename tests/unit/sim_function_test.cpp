#include "sim_machine.hpp"

namespace {

sim::Fabric alone(pci::Id id) { return machine_of({given(id)}); }

}  // namespace

// --- resets ---

TEST_CASE("sim function: an FLR takes away what the last user left, and clears Command", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  REQUIRE(fabric[0].holds_state());
  flr(fabric[0]);
  CHECK_FALSE(fabric[0].holds_state());
  CHECK(read16(fabric[0], pci::header::command) == 0);
  CHECK(violations(fabric).empty());
}

TEST_CASE("sim function: an FLR of a function that has none changes nothing, and the log says so", "[sim]") {
  sim::Fabric fabric = alone(cxl_memory_id);
  flr(fabric[0]);
  CHECK(fabric[0].holds_state());
  CHECK(fabric[0].resets() == 0);
  CHECK(count(fabric, sim::EventKind::reset_ignored) == 1);
}

TEST_CASE("sim function: an FLR that is not reported works all the same", "[sim]") {
  sim::Fabric fabric = machine_of(quirk_images({0x8086, 0x10ed}));
  sim::Function& function = last_of(fabric);
  REQUIRE_FALSE(function.config().flr_capable());
  flr(function);
  CHECK(function.resets() == 1);
}

TEST_CASE("sim function: Advanced Features resets, too", "[sim]") {
  sim::Patch change;
  change.advanced_features = true;
  sim::Fabric fabric = machine_of({sim::patch(given(edu_id), change)});
  const unsigned control = fabric[0].config().capabilities().advanced_features + pci::advanced_features::control;
  prepare(fabric[0]);
  REQUIRE(code_of(fabric[0].write8(static_cast<std::uint16_t>(control), 1)) == rg::Errc{});
  fabric[0].sleep(100ms);
  CHECK_FALSE(fabric[0].holds_state());
  CHECK(fabric[0].read8(static_cast<std::uint16_t>(control)) == 0);
}

TEST_CASE("sim function: through D3hot and back is a reset where NoSoftRst is clear", "[sim]") {
  sim::Fabric fabric = alone(virtio_id);
  prepare(fabric[0]);
  write16(fabric[0], pmcsr_of(fabric[0]), pci::power_management::d3hot);
  CHECK(fabric[0].holds_state());
  write16(fabric[0], pmcsr_of(fabric[0]), pci::power_management::d0);
  CHECK_FALSE(fabric[0].holds_state());
}

TEST_CASE("sim function: through D3hot and back is no reset where NoSoftRst is set", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  prepare(fabric[0]);
  write16(fabric[0], pmcsr_of(fabric[0]), pci::power_management::d3hot);
  write16(fabric[0], pmcsr_of(fabric[0]), pci::power_management::d0);
  CHECK(fabric[0].holds_state());
  CHECK(fabric[0].resets() == 0);
}

TEST_CASE("sim function: after a reset it reads all ones until it is ready", "[sim]") {
  sim::Image image = given(nvme_id);
  image.behaviour.ready_after = 300ms;
  sim::Fabric fabric = machine_of({image});
  flr(fabric[0]);
  CHECK(read16(fabric[0], pci::header::command) == 0xffff);
  fabric[0].sleep(200ms);
  CHECK(read16(fabric[0], pci::header::command) == 0);
}

TEST_CASE("sim function: a write to one that is not ready is lost", "[sim]") {
  sim::Image image = given(nvme_id);
  image.behaviour.ready_after = 300ms;
  sim::Fabric fabric = machine_of({image});
  flr(fabric[0]);
  write16(fabric[0], pci::header::command, pci::command::bus_master);
  fabric[0].sleep(300ms);
  CHECK(read16(fabric[0], pci::header::command) == 0);
  CHECK(count(fabric, sim::EventKind::write_lost) == 1);
}

// --- violations ---

TEST_CASE("sim violation: reset while not blocked", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  write16(fabric[0], device_control_of(fabric[0]), pci::express::initiate_function_level_reset);
  CHECK(violations(fabric) == Texts{"reset while not blocked"});
}

TEST_CASE("sim violation: used while blocked, and the IOMMU faults", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  prepare(fabric[0]);
  CHECK(code_of(fabric[0].use()) == rg::Errc::io);
  CHECK(violations(fabric) == Texts{"used while blocked"});
  CHECK(count(fabric, sim::EventKind::iommu_fault) == 1);
}

TEST_CASE("sim violation: spoken to within 100 ms of its FLR", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  prepare(fabric[0]);
  write16(fabric[0], device_control_of(fabric[0]), pci::express::initiate_function_level_reset);
  fabric[0].sleep(99ms);
  read16(fabric[0], pci::header::command);
  CHECK(violations(fabric) == Texts{"spoken to too soon after its reset"});
}

TEST_CASE("sim violation: verified without a reset", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  prepare(fabric[0]);
  CHECK(code_of(fabric[0].reset_done(rg::Outcome::verified)) == rg::Errc{});
  CHECK(violations(fabric) == Texts{"called verified, and still holds what its last user left"});
}

TEST_CASE("sim violation: verified while it does not answer", "[sim]") {
  sim::Image image = given(nvme_id);
  image.behaviour.ready_after = 300ms;
  sim::Fabric fabric = machine_of({image});
  flr(fabric[0]);
  CHECK(code_of(fabric[0].reset_done(rg::Outcome::verified)) == rg::Errc{});
  CHECK(violations(fabric) == Texts{"called verified, and does not answer"});
}

TEST_CASE("sim violation: a quirk NVMe called usable 100 ms after its FLR, although config space answers", "[sim]") {
  sim::Fabric fabric = machine_of(quirk_images({0x8086, 0x0953}));
  sim::Function& function = last_of(fabric);
  flr(function);
  REQUIRE(read16(function, pci::header::command) == 0);
  CHECK(violations(fabric).empty());
  CHECK(code_of(function.reset_done(rg::Outcome::verified)) == rg::Errc{});
  CHECK(violations(fabric) == Texts{"used before it had settled after its reset"});
}

TEST_CASE("sim violation: 250 ms after its FLR the quirk NVMe may be used", "[sim]") {
  sim::Fabric fabric = machine_of(quirk_images({0x8086, 0x0953}));
  sim::Function& function = last_of(fabric);
  flr(function);
  function.sleep(150ms);
  CHECK(code_of(function.reset_done(rg::Outcome::verified)) == rg::Errc{});
  write16(function, pci::header::command, pci::command::bus_master);
  CHECK(code_of(function.use()) == rg::Errc{});
  CHECK(violations(fabric).empty());
}

TEST_CASE("sim violation: the same one again and again is one, with a count", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  prepare(fabric[0]);
  for (int i = 0; i != 3; ++i) CHECK(code_of(fabric[0].use()) == rg::Errc::io);
  REQUIRE(fabric.log().violations().size() == 1);
  CHECK(fabric.log().violations()[0].count == 3);
}

// --- the fence ---

TEST_CASE("sim fence: prepare blocks, and blocks no second time", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  prepare(fabric[0]);
  prepare(fabric[0]);
  CHECK(fabric[0].blocked());
  CHECK(count(fabric, sim::EventKind::iommu_block) == 1);
}

TEST_CASE("sim fence: done keeps the block of a failed reset, and lifts it otherwise", "[sim]") {
  for (const rg::Outcome outcome :
       {rg::Outcome::failed, rg::Outcome::verified, rg::Outcome::untouched, rg::Outcome::released}) {
    sim::Fabric fabric = alone(nvme_id);
    flr(fabric[0]);
    CHECK(code_of(fabric[0].reset_done(outcome)) == rg::Errc{});
    CHECK(fabric[0].blocked() == (outcome == rg::Outcome::failed));
  }
}

TEST_CASE("sim fence: only the function itself is blocked", "[sim]") {
  sim::Fabric fabric = machine_of({given(nvme_id), given(virtio_id)});
  prepare(fabric[0]);
  CHECK_FALSE(fabric[1].blocked());
  CHECK(code_of(fabric[1].use()) == rg::Errc{});
}

TEST_CASE("sim fence: a user's state is in the function again after it was used", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  flr(fabric[0]);
  CHECK(code_of(fabric[0].reset_done(rg::Outcome::verified)) == rg::Errc{});
  CHECK(code_of(fabric[0].use()) == rg::Errc::io);  // a reset has switched bus mastering off
  write16(fabric[0], pci::header::command, pci::command::bus_master);
  CHECK(code_of(fabric[0].use()) == rg::Errc{});
  CHECK(fabric[0].holds_state());
}

TEST_CASE("sim gone: it reads all ones, and what is written is lost", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  fabric[0].tear_out();
  CHECK(fabric[0].read32(0) == 0xffffffff);
  write16(fabric[0], pci::header::command, 0);
  CHECK(count(fabric, sim::EventKind::write_lost) == 1);
}

TEST_CASE("sim gone: its done does not touch it", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  prepare(fabric[0]);
  fabric[0].tear_out();
  fabric.faults().record_operations(true);
  CHECK(code_of(fabric[0].reset_done(rg::Outcome::failed)) == rg::Errc{});
  REQUIRE(fabric.faults().performed().size() == 1);
  CHECK(fabric.faults().performed()[0].operation == sim::Operation::done);
}

TEST_CASE("sim gone: what comes back has lost its state, and is as after power on", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  fabric[0].tear_out(1s);
  fabric[0].sleep(1s);
  CHECK(read16(fabric[0], pci::header::command) == 0xffff);  // it starts
  fabric[0].sleep(100ms);
  CHECK(read16(fabric[0], pci::header::command) == 0);
  CHECK_FALSE(fabric[0].holds_state());
  CHECK(violations(fabric).empty());
}

// --- registers behind a BAR ---

TEST_CASE("sim bar: one that the function does not have cannot be mapped", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  CHECK(code_of(fabric[0].map_bar(2)) == rg::Errc::invalid);
  CHECK(code_of(fabric[0].map_bar(6)) == rg::Errc::invalid);
}

TEST_CASE("sim bar: unmapped once, by its last holder", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  {
    auto bar = value_of(fabric[0].map_bar(0));
    auto moved = std::move(bar);
    CHECK(count(fabric, sim::EventKind::unmap) == 0);
  }
  CHECK(count(fabric, sim::EventKind::unmap) == 1);
}

TEST_CASE("sim bar: without memory decode there are all ones", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  auto bar = value_of(fabric[0].map_bar(0));
  CHECK(bar.read32(pci::nvme::csts) == pci::nvme::csts_ready);
  write16(fabric[0], pci::header::command, 0);
  CHECK(bar.read32(pci::nvme::csts) == 0xffffffff);
}

TEST_CASE("sim bar: in D3hot there are all ones, while config space answers", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  auto bar = value_of(fabric[0].map_bar(0));
  write16(fabric[0], pmcsr_of(fabric[0]), pci::power_management::d3hot);
  CHECK(bar.read32(pci::nvme::csts) == 0xffffffff);
  CHECK(fabric[0].read32(0) == 0x00101b36);
}

TEST_CASE("sim bar: a virtual function's works with memory decode off in Command, also after an FLR", "[sim]") {
  sim::Fabric fabric = machine_of(quirk_images({0x19e5, 0x375e}));
  sim::Function& function = last_of(fabric);
  auto bar = value_of(function.map_bar(0));
  CHECK((read16(function, pci::header::command) & pci::command::memory_space) == 0);
  flr(function);
  CHECK(bar.read32(sim::HinicFirmware::flr_type) == 0x00000040);
}

// --- the log ---

TEST_CASE("sim log: an operation has its register, the values before and after, its time and the block", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  prepare(fabric[0]);
  fabric[0].sleep(3us);
  write16(fabric[0], pci::header::command, 0x0003);
  const sim::Event& event = fabric.log().events().back();
  CHECK(event.kind == sim::EventKind::config_write);
  CHECK(std::string(event.name) == "Command");
  CHECK(event.before == 0x0507);
  CHECK(event.after == 0x0003);
  CHECK(event.width == 2);
  CHECK(event.time == 3us);
  CHECK(event.operation == 2);
  CHECK(event.blocked);
}

TEST_CASE("sim log: events in a scope carry its depth", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  auto scope = value_of(rg::OwnedScope<sim::Function>::enter(fabric[0]));
  auto nested = value_of(rg::OwnedScope<sim::Function>::enter(fabric[0]));
  read16(fabric[0], pci::header::command);
  CHECK(fabric.log().events().back().depth == 2);
  CHECK(count(fabric, sim::EventKind::prepare) == 1);
  CHECK(code_of(nested.finish(rg::Error(rg::Errc::io, 0, "test"))) == rg::Errc::io);
  CHECK(code_of(scope.finish(rg::Error(rg::Errc::io, 0, "test"))) == rg::Errc::io);
}

TEST_CASE("sim log: switched off it keeps violations, and nothing else", "[sim]") {
  sim::Fabric fabric = alone(nvme_id);
  fabric.log().record(false);
  write16(fabric[0], device_control_of(fabric[0]), pci::express::initiate_function_level_reset);
  CHECK(fabric.log().events().empty());
  CHECK(violations(fabric).size() == 1);
}
