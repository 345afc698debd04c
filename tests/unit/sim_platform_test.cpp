// What a platform does for a simulated function: an ACPI _RST, its power, its hotplug slot.
#include "sim_machine.hpp"

namespace {

using sim::FaultKind;

// Two functions of one device, and a third in another slot of the same bus.
struct PlatformMachine {
  sim::Fabric fabric = machine_of({given(root_port_id), at(0, 0), at(0, 1), at(1, 0)});
  sim::Function& first = fabric[1];
  sim::Function& beside = fabric[2];
  sim::Function& elsewhere = fabric[3];

  PlatformMachine() {
    for (std::size_t i = 1; i != fabric.size(); ++i) prepare(fabric[i]);
  }

  static sim::Image at(std::uint8_t device, std::uint8_t function) {
    sim::Patch change;
    change.address = pci::Address{0, 1, device, function};
    change.platform = {.acpi_reset = true, .power_control = true, .slot_reset = true};
    return sim::patch(given(nvme_id), change);
  }
};

}  // namespace

TEST_CASE("sim platform: a function has what its image says", "[sim]") {
  sim::Patch change;
  change.platform.power_control = true;
  sim::Fabric fabric = machine_of({sim::patch(given(nvme_id), change)});
  CHECK(fabric[0].has_power_control());
  CHECK_FALSE(fabric[0].has_acpi_reset());
  CHECK_FALSE(fabric[0].has_slot_reset());
}

TEST_CASE("sim platform: a function that was read from a file has nothing", "[sim]") {
  for (const sim::Image& image : given_images()) CHECK(image.behaviour.platform == sim::Platform());
}

TEST_CASE("sim platform: each call is counted, and in the log", "[sim]") {
  PlatformMachine machine;
  const std::uint64_t before = machine.fabric.faults().operations();
  CHECK(code_of(machine.first.acpi_reset()) == rg::Errc{});
  CHECK(code_of(machine.first.power_off()) == rg::Errc{});
  CHECK(code_of(machine.first.power_on()) == rg::Errc{});
  CHECK(code_of(machine.first.reset_slot()) == rg::Errc{});
  CHECK(machine.fabric.faults().operations() == before + 4);
  CHECK(count(machine.fabric, sim::EventKind::platform) == 4);
}

TEST_CASE("sim platform: a _RST resets one function", "[sim]") {
  PlatformMachine machine;
  CHECK(code_of(machine.first.acpi_reset()) == rg::Errc{});
  CHECK_FALSE(machine.first.holds_state());
  CHECK(machine.beside.holds_state());
}

TEST_CASE("sim platform: a slot reset resets every function in the slot, and none beside it", "[sim]") {
  PlatformMachine machine;
  CHECK(code_of(machine.first.reset_slot()) == rg::Errc{});
  CHECK_FALSE(machine.first.holds_state());
  CHECK_FALSE(machine.beside.holds_state());
  CHECK(machine.elsewhere.holds_state());
}

TEST_CASE("sim platform: a slot reset below a CXL port that masks it does nothing, and the log says so", "[sim]") {
  sim::Fabric fabric = machine_of({given(cxl_port_id), given(cxl_memory_id)});
  CHECK(code_of(fabric[1].reset_slot()) == rg::Errc{});
  CHECK(fabric[1].resets() == 0);
  CHECK(count(fabric, sim::EventKind::reset_ignored) == 1);
}

TEST_CASE("sim platform: power is taken from every function in the slot, and from none beside it", "[sim]") {
  PlatformMachine machine;
  CHECK(code_of(machine.first.power_off()) == rg::Errc{});
  CHECK_FALSE(machine.first.holds_state());
  CHECK_FALSE(machine.beside.holds_state());
  CHECK(machine.elsewhere.holds_state());
}

TEST_CASE("sim platform: without power a function does not answer, however long one waits", "[sim]") {
  PlatformMachine machine;
  CHECK(code_of(machine.first.power_off()) == rg::Errc{});
  machine.first.sleep(24h);
  CHECK(read16(machine.first, pci::header::command) == 0xffff);
}

TEST_CASE("sim platform: without power a _RST and a slot reset do nothing", "[sim]") {
  PlatformMachine machine;
  CHECK(code_of(machine.first.power_off()) == rg::Errc{});
  CHECK(code_of(machine.first.acpi_reset()) == rg::Errc{});
  CHECK(code_of(machine.first.reset_slot()) == rg::Errc{});
  CHECK(machine.first.resets() == 0);
}

TEST_CASE("sim platform: with its power back a function answers, and is as after a reset", "[sim]") {
  PlatformMachine machine;
  CHECK(code_of(machine.first.power_off()) == rg::Errc{});
  CHECK(code_of(machine.first.power_on()) == rg::Errc{});
  machine.first.sleep(100ms);
  CHECK(read16(machine.first, pci::header::command) == 0);
}

TEST_CASE("sim platform: power on where it is on does nothing", "[sim]") {
  PlatformMachine machine;
  CHECK(code_of(machine.first.power_on()) == rg::Errc{});
  CHECK(machine.first.resets() == 0);
  CHECK(machine.first.holds_state());
}

TEST_CASE("sim platform: nothing resets a function that is gone", "[sim]") {
  PlatformMachine machine;
  machine.first.tear_out();
  CHECK(code_of(machine.first.acpi_reset()) == rg::Errc{});
  CHECK(code_of(machine.first.reset_slot()) == rg::Errc{});
  CHECK(machine.first.resets() == 0);
}

TEST_CASE("sim violation: a _RST, a slot reset and a power cycle while not blocked", "[sim]") {
  sim::Fabric reset = machine_of({given(nvme_id)}), slot = machine_of({given(nvme_id)}),
              power = machine_of({given(nvme_id)});
  CHECK(code_of(reset[0].acpi_reset()) == rg::Errc{});
  CHECK(code_of(slot[0].reset_slot()) == rg::Errc{});
  CHECK(code_of(power[0].power_off()) == rg::Errc{});
  for (const sim::Fabric* fabric : {&reset, &slot, &power}) {
    CHECK(violations(*fabric) == Texts{"reset while not blocked"});
  }
}

TEST_CASE("sim fault platform: a call is refused, and nothing is done", "[sim]") {
  PlatformMachine machine;
  machine.fabric.faults().arm(FaultKind::platform_fails);
  CHECK(error_of(machine.first.acpi_reset()).native() == -5);
  CHECK(machine.first.holds_state());
}

TEST_CASE("sim fault platform-nothing: a call reports success, and nothing is done", "[sim]") {
  PlatformMachine machine;
  machine.fabric.faults().arm(FaultKind::platform_does_nothing);
  CHECK(code_of(machine.first.acpi_reset()) == rg::Errc{});
  CHECK(machine.first.holds_state());
}

TEST_CASE("sim fault platform: a fault can be for one call", "[sim]") {
  PlatformMachine machine;
  machine.fabric.faults().arm(
      sim::Fault{.kind = FaultKind::platform_fails, .offset = static_cast<std::uint32_t>(sim::PlatformCall::power_on)});
  CHECK(code_of(machine.first.power_off()) == rg::Errc{});
  CHECK(code_of(machine.first.power_on()) == rg::Errc::io);
}

// --- names ---

TEST_CASE("sim topology: the functions below a port are named, itself included", "[sim]") {
  PlatformMachine machine;
  CHECK(machine.first.functions_beside() ==
        std::string("several functions below its port: 0000:01:00.0, 0000:01:00.1, 0000:01:01.0"));
}

TEST_CASE("sim topology: functions that cannot be seen are counted", "[sim]") {
  sim::Image several = given(nvme_id);
  sim::ImageAccess::bytes(several)[pci::header::header_type] = pci::header::multi_function;
  sim::Fabric fabric = machine_of({given(root_port_id), several});
  CHECK(fabric[1].functions_beside() == std::string("several functions below its port: 0000:01:00.0 and 1 more"));
}

TEST_CASE("sim topology: of many functions eight are named", "[sim]") {
  std::vector<sim::Image> images{given(root_port_id)};
  for (std::uint8_t device = 0; device != 10; ++device) images.push_back(PlatformMachine::at(device, 0));
  const std::string text = machine_of(images)[1].functions_beside();
  CHECK(text.find("0000:01:07.0 and 2 more") != std::string::npos);
}

TEST_CASE("sim topology: the names outlive the machine", "[sim]") {
  const char* text = PlatformMachine().first.functions_beside();
  CHECK(std::string(text).find("0000:01:00.1") != std::string::npos);
}
