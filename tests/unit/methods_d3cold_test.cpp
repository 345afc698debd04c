// The method d3cold: the platform takes the power of the slot away, and gives it back.
#include "methods_machine.hpp"

using methods::D3cold;

TEST_CASE("d3cold: the chain tries it last", "[methods]") {
  CHECK(supported(nvme_on(full_platform).function) == "acpi flr bus d3cold");
}

TEST_CASE("d3cold: the function is in D3hot when its power goes", "[methods]") {
  Machine machine = platform_machine<D3cold>();
  REQUIRE(said(D3cold::run(machine.function)) == "verified");
  const std::size_t off = position_of_call(machine, sim::PlatformCall::power_off);
  const std::size_t slept = position(machine, [&](const sim::Event& event) {
    return event.kind == sim::EventKind::config_write && event.offset == pmcsr_of(machine.function) &&
           (event.after & pci::power_management::power_state_mask) == pci::power_management::d3hot;
  });
  CHECK(slept < off);
}

TEST_CASE("d3cold: the function ends in D0", "[methods]") {
  Machine machine = platform_machine<D3cold>();
  REQUIRE(said(D3cold::run(machine.function)) == "verified");
  CHECK(machine.function.config().power_state() == pci::power_management::d0);
}

TEST_CASE("d3cold: a function that starts in D3hot is a failure", "[methods]") {
  Machine machine = platform_machine<D3cold>();
  write16(machine.function, pmcsr_of(machine.function), pci::power_management::d3hot);
  CHECK(said(D3cold::run(machine.function)) == "invalid");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("d3cold: a function that starts in D3hot keeps its power", "[methods]") {
  Machine machine = platform_machine<D3cold>();
  write16(machine.function, pmcsr_of(machine.function), pci::power_management::d3hot);
  REQUIRE(said(D3cold::run(machine.function)) == "invalid");
  CHECK_FALSE(was_called(machine, sim::PlatformCall::power_off));
}

TEST_CASE("d3cold: a function without Power Management is switched off as it is", "[methods]") {
  sim::Patch change;
  change.address = pci::Address{0, 1, 0, 0};
  change.platform.power_control = true;
  Machine machine({given(root_port_id), sim::patch(given(edu_id), change)});
  REQUIRE(machine.at().power_management == 0);
  REQUIRE(said(D3cold::run(machine.function)) == "verified");
  CHECK(count(machine.fabric, sim::EventKind::config_write) == 0);
}

TEST_CASE("d3cold: a capability list with a loop is a failure", "[methods]") {
  sim::Image image = given(nvme_id);
  image.behaviour.platform.power_control = true;
  auto& bytes = sim::ImageAccess::bytes(image);
  const std::uint8_t first = bytes[pci::header::capabilities_pointer];
  bytes[first] = pci::msi::id;
  bytes[first + 1u] = first;
  Machine machine({image});
  CHECK(said(D3cold::run(machine.function)) == "invalid");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("d3cold: power that could not be taken away is switched on all the same", "[methods]") {
  Machine machine = platform_machine<D3cold>();
  strike_call(machine, sim::FaultKind::platform_fails, sim::PlatformCall::power_off);
  REQUIRE(said(D3cold::run(machine.function)) == "io");
  CHECK(was_called(machine, sim::PlatformCall::power_on));
}

TEST_CASE("d3cold: power that could not be taken away leaves the function in D0", "[methods]") {
  Machine machine = platform_machine<D3cold>();
  strike_call(machine, sim::FaultKind::platform_fails, sim::PlatformCall::power_off);
  REQUIRE(said(D3cold::run(machine.function)) == "io");
  CHECK(machine.function.config().power_state() == pci::power_management::d0);
}

TEST_CASE("d3cold: power that does not come back is a failure", "[methods]") {
  Machine machine = platform_machine<D3cold>();
  strike_call(machine, sim::FaultKind::platform_fails, sim::PlatformCall::power_on);
  CHECK(said(D3cold::run(machine.function)) == "io");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("d3cold: power that is said to be back and is not is a timeout", "[methods]") {
  Machine machine = platform_machine<D3cold>();
  strike_call(machine, sim::FaultKind::platform_does_nothing, sim::PlatformCall::power_on);
  CHECK(said(D3cold::run(machine.function)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("d3cold: power that did not go, and D3hot that resets: the function was reset", "[methods]") {
  sim::Patch change;
  change.platform.power_control = true;
  Machine machine = virtio_machine(change);
  strike_call(machine, sim::FaultKind::platform_does_nothing, sim::PlatformCall::power_off);
  REQUIRE(said(D3cold::run(machine.function)) == "verified");
  CHECK(resets(machine) == "pm");
  CHECK(violations(machine.fabric) == Texts{});
}

TEST_CASE("d3cold: after a timeout it is what the chain falls back to where there is no bus reset", "[methods]") {
  sim::Image image = nvme_that_dies_in_an_flr();
  image.behaviour.platform.power_control = true;
  Machine machine({image});
  REQUIRE(said(reset_by_chain(machine.function, {.fall_back_after_timeout = true})) == "verified");
  CHECK(resets(machine) == "flr power cycle");
}
