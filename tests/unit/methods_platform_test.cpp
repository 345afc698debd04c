// The methods that the platform performs: acpi, slot and d3cold. Its word is no proof.
#include "methods_machine.hpp"

using methods::Acpi, methods::Bus, methods::CxlBus, methods::D3cold, methods::Flr, methods::Slot;

namespace {

// A function on a backend that has none of the platform's members.
struct BareFunction : sim::Function {
  using sim::Function::Function;
  bool has_acpi_reset() const = delete;
  bool has_power_control() const = delete;
  bool has_slot_reset() const = delete;
};
static_assert(pci::Function<BareFunction> && !pci::AcpiResettable<BareFunction> &&
              !pci::PowerControlled<BareFunction> && !pci::SlotResettable<BareFunction>);

// Two functions of one device, below a port.
Machine two_functions(const sim::Platform& platform) {
  sim::Patch first, second;
  first.platform = second.platform = platform;
  second.address = pci::Address{0, 1, 0, 1};
  return Machine({given(root_port_id), sim::patch(given(nvme_id), first), sim::patch(given(nvme_id), second)});
}

bool entered(const Machine& machine, const std::string& step) {
  const auto is_it = [&](const sim::Event& event) {
    return is_trace(event, rg::TraceKind::entered) && event.step == step;
  };
  return position(machine, is_it) != machine.events().size();
}

}  // namespace

// --- each of them, on a healthy function ---

TEMPLATE_TEST_CASE("platform: a healthy function is verified", "[methods]", Acpi, Slot, D3cold) {
  Machine machine = platform_machine<TestType>();
  CHECK(said(TestType::run(machine.function)) == "verified");
}

TEMPLATE_TEST_CASE("platform: the function loses its state", "[methods]", Acpi, Slot, D3cold) {
  Machine machine = platform_machine<TestType>();
  REQUIRE(said(TestType::run(machine.function)) == "verified");
  CHECK_FALSE(machine.function.holds_state());
}

TEMPLATE_TEST_CASE("platform: the function is reset once", "[methods]", Acpi, Slot, D3cold) {
  Machine machine = platform_machine<TestType>();
  REQUIRE(said(TestType::run(machine.function)) == "verified");
  CHECK(machine.function.resets() == 1);
}

TEMPLATE_TEST_CASE("platform: no rule of the hardware is broken", "[methods]", Acpi, Slot, D3cold) {
  Machine machine = platform_machine<TestType>();
  REQUIRE(said(TestType::run(machine.function)) == "verified");
  CHECK(violations(machine.fabric) == Texts{});
}

TEMPLATE_TEST_CASE("platform: one prepare and one done around nested scopes", "[methods]", Acpi, Slot, D3cold) {
  Machine machine = platform_machine<TestType>();
  auto answer =
      rg::reset(machine.function, [](rg::ResetScope<sim::Function>& outer) { return TestType::run(outer.device()); });
  REQUIRE(said(std::move(answer)) == "verified");
  CHECK(count(machine.fabric, sim::EventKind::prepare) == 1);
  CHECK(count(machine.fabric, sim::EventKind::done) == 1);
}

TEMPLATE_TEST_CASE("platform: the platform is called inside the fence", "[methods]", Acpi, Slot, D3cold) {
  Machine machine = platform_machine<TestType>();
  REQUIRE(said(TestType::run(machine.function)) == "verified");
  const std::size_t call = position_of_call(machine, PlatformMethod<TestType>::call);
  CHECK(position_of(machine, sim::EventKind::iommu_block) < call);
  CHECK(call < position_of(machine, sim::EventKind::done));
}

TEMPLATE_TEST_CASE("platform: a function that takes 64 s to answer is waited for", "[methods]", Acpi, Slot, D3cold) {
  Machine machine = platform_machine<TestType>();
  machine.strike({.kind = sim::FaultKind::ready_late, .length = 64s});
  CHECK(said(TestType::run(machine.function)) == "verified");
}

TEMPLATE_TEST_CASE("platform: a function that an FLR has killed is brought back", "[methods]", Slot, D3cold) {
  sim::Image image = nvme_that_dies_in_an_flr();
  image.behaviour.platform = full_platform;
  Machine machine({given(root_port_id), image});
  REQUIRE(said(Flr::run(machine.function)) == "timed_out");
  CHECK(said(TestType::run(machine.function)) == "verified");
}

// --- where it is not supported ---

TEMPLATE_TEST_CASE("platform: without the platform's help the answer is 'unsupported', and no hook is called",
                   "[methods]", Acpi, Slot, D3cold) {
  Machine machine = nvme_machine();
  REQUIRE(said(TestType::run(machine.function)) == "unsupported");
  CHECK(outcomes(machine) == "");
}

TEMPLATE_TEST_CASE("platform: a backend need not have the platform's members", "[methods]", Acpi, Slot, D3cold) {
  sim::Hardware hardware;
  BareFunction function(hardware, given(nvme_id));
  CHECK(TestType::probe(std::as_const(function)).support == rg::Support::no);
  CHECK(said(TestType::run(function)) == "unsupported");
}

TEMPLATE_TEST_CASE("platform: a probe asks the platform to do nothing", "[methods]", Acpi, Slot, D3cold) {
  Machine machine = nvme_on(full_platform);
  REQUIRE(TestType::probe(std::as_const(machine.function)).support == rg::Support::yes);
  const auto& events = machine.events();
  CHECK(std::all_of(events.begin(), events.end(),
                    [](const sim::Event& event) { return event.kind == sim::EventKind::config_read; }));
}

TEMPLATE_TEST_CASE("platform: with a second function in the slot the answer is 'unsupported'", "[methods]", Slot,
                   D3cold) {
  Machine machine = two_functions(full_platform);
  REQUIRE(said(TestType::run(machine.function)) == "unsupported");
  CHECK(machine.fabric[1].resets() == 0);
}

TEMPLATE_TEST_CASE("platform: with a second function in the slot the reason names both", "[methods]", Slot, D3cold) {
  Machine machine = two_functions(full_platform);
  CHECK(TestType::probe(std::as_const(machine.function)).why ==
        std::string("several functions below its port: 0000:01:00.0, 0000:01:00.1"));
}

TEMPLATE_TEST_CASE("platform: a virtual function is not reset with all that is in the slot", "[methods]", Slot,
                   D3cold) {
  sim::Patch change;
  change.virtual_function = true;
  change.platform = full_platform;
  Machine machine({given(root_port_id), sim::patch(given(nvme_id), change)});
  CHECK(said(TestType::run(machine.function)) == "unsupported");
}

TEMPLATE_TEST_CASE("platform: a port is not reset with all that is below it", "[methods]", Slot, D3cold) {
  sim::Patch change;
  change.platform = full_platform;
  Machine machine({sim::patch(given(root_port_id), change)});
  CHECK(said(TestType::run(machine.function)) == "unsupported");
}

// --- failures ---

TEMPLATE_TEST_CASE("platform: a call that is refused is a failure", "[methods]", Acpi, Slot, D3cold) {
  Machine machine = platform_machine<TestType>();
  strike_call(machine, sim::FaultKind::platform_fails, PlatformMethod<TestType>::call);
  CHECK(said(TestType::run(machine.function)) == "io");
  CHECK(stays_fenced(machine.function));
}

TEMPLATE_TEST_CASE("platform: a call that reports success and does nothing is a failure: the function kept its state",
                   "[methods]", Acpi, Slot, D3cold) {
  Machine machine = platform_machine<TestType>();
  strike_call(machine, sim::FaultKind::platform_does_nothing, PlatformMethod<TestType>::call);
  const rg::Error error = failure(TestType::run(machine.function));
  CHECK(std::string(error.where()) == "the function kept its state");
  CHECK(stays_fenced(machine.function));
}

TEMPLATE_TEST_CASE("platform: a function that never gets ready is a timeout", "[methods]", Acpi, Slot, D3cold) {
  Machine machine = platform_machine<TestType>();
  machine.strike({.kind = sim::FaultKind::never_ready});
  CHECK(said(TestType::run(machine.function)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEMPLATE_TEST_CASE("platform: a function that is gone is not brought back", "[methods]", Acpi, Slot, D3cold) {
  Machine machine = platform_machine<TestType>();
  machine.function.tear_out();
  CHECK(said(TestType::run(machine.function)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEMPLATE_TEST_CASE("platform: after a failure it can be tried again and lifts the quarantine", "[methods]", Acpi, Slot,
                   D3cold) {
  Machine machine = platform_machine<TestType>();
  strike_call(machine, sim::FaultKind::platform_fails, PlatformMethod<TestType>::call);
  REQUIRE(said(TestType::run(machine.function)) == "io");
  REQUIRE(said(TestType::run(machine.function)) == "verified");
  CHECK_FALSE(machine.function.reset_state.quarantined());
}

TEMPLATE_TEST_CASE("platform: a prepare that fails calls nothing", "[methods]", Acpi, Slot, D3cold) {
  Machine machine = platform_machine<TestType>();
  machine.strike({.kind = sim::FaultKind::prepare_fails});
  REQUIRE(said(TestType::run(machine.function)) == "no_memory");
  CHECK(count(machine.fabric, sim::EventKind::platform) == 0);
}

TEMPLATE_TEST_CASE("platform: a done that fails is a failure", "[methods]", Acpi, Slot, D3cold) {
  Machine machine = platform_machine<TestType>();
  machine.strike({.kind = sim::FaultKind::done_fails});
  CHECK(said(TestType::run(machine.function)) == "no_memory");
  CHECK(stays_fenced(machine.function));
}

// --- acpi ---

// In Linux it says -ENOTTY, and the walk goes on.
TEST_CASE("acpi: a failed _RST is not 'unsupported'", "[methods]") {
  Machine machine = platform_machine<Acpi>();
  machine.strike({.kind = sim::FaultKind::platform_fails});
  CHECK(said(Acpi::run(machine.function)) == "io");
}

TEST_CASE("acpi: after a failed _RST the chain does not go on", "[methods]") {
  Machine machine = platform_machine<Acpi>();
  machine.strike({.kind = sim::FaultKind::platform_fails});
  REQUIRE(said(reset_by_chain(machine.function)) == "io");
  CHECK(machine.function.resets() == 0);
}

TEST_CASE("acpi: the chain tries it before flr", "[methods]") {
  Machine machine = platform_machine<Acpi>();
  REQUIRE(said(reset_by_chain(machine.function)) == "verified");
  CHECK(resets(machine) == "acpi");
}

TEST_CASE("acpi: one of two functions is reset alone", "[methods]") {
  Machine machine = two_functions({.acpi_reset = true});
  REQUIRE(said(Acpi::run(machine.function)) == "verified");
  CHECK(machine.fabric[1].resets() == 0);
}

// --- slot, inside bus ---

TEST_CASE("slot: bus opens a scope for it inside its own", "[methods]") {
  Machine machine = platform_machine<Slot>();
  REQUIRE(said(Bus::run(machine.function)) == "verified");
  CHECK(entered(machine, "slot"));
  CHECK(deepest(machine) == 2);
}

TEST_CASE("slot: bus leaves the port's Bridge Control alone", "[methods]") {
  Machine machine = platform_machine<Slot>();
  REQUIRE(said(Bus::run(machine.function)) == "verified");
  CHECK(count(machine.fabric, sim::EventKind::config_write) == 0);
}

TEST_CASE("slot: without one, bus uses the port above", "[methods]") {
  Machine machine = nvme_machine();
  REQUIRE(said(Bus::run(machine.function)) == "verified");
  CHECK_FALSE(entered(machine, "slot"));
  CHECK(resets(machine) == "bus");
}

TEST_CASE("slot: after a failed slot reset bus does not go on to the port", "[methods]") {
  Machine machine = platform_machine<Slot>();
  machine.strike({.kind = sim::FaultKind::platform_fails});
  REQUIRE(said(Bus::run(machine.function)) == "io");
  CHECK(machine.function.resets() == 0);
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("slot: on a root bus it needs no port", "[methods]") {
  sim::Patch change;
  change.platform.slot_reset = true;
  Machine machine({sim::patch(given(virtio_id), change)});
  REQUIRE(said(Bus::run(machine.function)) == "verified");
  CHECK(resets(machine) == "slot");
}

TEST_CASE("slot: on a root bus there is no cxl_bus all the same", "[methods]") {
  sim::Patch change;
  change.platform.slot_reset = true;
  Machine machine({sim::patch(given(virtio_id), change)});
  CHECK(said(CxlBus::run(machine.function)) == "unsupported");
}

TEST_CASE("slot: below a CXL port that masks it, bus is 'unsupported'", "[methods]") {
  sim::Patch change;
  change.platform.slot_reset = true;
  Machine machine({given(cxl_port_id), sim::patch(given(cxl_memory_id), change)});
  REQUIRE(said(Bus::run(machine.function)) == "unsupported");
  CHECK_FALSE(was_called(machine, sim::PlatformCall::slot_reset));
}

TEST_CASE("slot: cxl_bus, bus and slot are three scopes, with one prepare and one done", "[methods]") {
  sim::Patch change;
  change.platform.slot_reset = true;
  Machine machine({given(cxl_port_id), sim::patch(given(cxl_memory_id), change)});
  REQUIRE(said(CxlBus::run(machine.function)) == "verified");
  CHECK(resets(machine) == "slot");
  CHECK(deepest(machine) == 3);
  CHECK(count(machine.fabric, sim::EventKind::prepare) == 1);
  CHECK(count(machine.fabric, sim::EventKind::done) == 1);
}

TEST_CASE("slot: 'no bus reset' is for the slot too", "[methods]") {
  sim::Patch change;
  change.id = pci::Id{0x10de, 0x2345};
  change.platform.slot_reset = true;
  Machine machine({given(root_port_id), sim::patch(given(nvme_id), change)});
  CHECK(supported(machine.function) == "flr");
}

// --- a function as Linux leaves it: the enable bits of its Command register are clear ---

namespace {

template <class M>
Machine as_linux_leaves_it(std::uint16_t command) {
  Machine machine = platform_machine<M>();
  write16(machine.function, pci::header::command, command);
  machine.fabric.log().clear();
  return machine;
}

}  // namespace

TEMPLATE_TEST_CASE("platform: a reset that does nothing is a failure when INTx Disable alone is set", "[methods]", Acpi,
                   Slot, D3cold) {
  Machine machine = as_linux_leaves_it<TestType>(pci::command::interrupt_disable);
  machine.strike({.kind = sim::FaultKind::platform_does_nothing, .times = 0});
  CHECK(said(TestType::run(machine.function)) == "io");
  CHECK(stays_fenced(machine.function));
}

TEMPLATE_TEST_CASE("platform: a reset that does nothing is a failure when Command is 0", "[methods]", Acpi, Slot,
                   D3cold) {
  Machine machine = as_linux_leaves_it<TestType>(0);
  machine.strike({.kind = sim::FaultKind::platform_does_nothing, .times = 0});
  CHECK(said(TestType::run(machine.function)) == "io");
}

TEMPLATE_TEST_CASE("platform: a reset is verified when Command is 0", "[methods]", Acpi, Slot, D3cold) {
  Machine machine = as_linux_leaves_it<TestType>(0);
  CHECK(said(TestType::run(machine.function)) == "verified");
}

TEST_CASE("platform: where INTx Disable is set already, the witness writes nothing before the reset", "[methods]") {
  Machine machine = as_linux_leaves_it<Acpi>(pci::command::interrupt_disable);
  REQUIRE(said(Acpi::run(machine.function)) == "verified");
  CHECK(position_of_call(machine, sim::PlatformCall::acpi_reset) < position_of(machine, sim::EventKind::config_write));
}

namespace {

// Conventional PCI, without MSI-X, and Command is 0: INTx Disable is all that can be set.
Machine without_msi_x() {
  sim::Patch change;
  change.platform = sim::Platform{.acpi_reset = true};
  Machine machine({sim::patch(given(edu_id), change)});
  write16(machine.function, pci::header::command, 0);
  REQUIRE(machine.at().msi_x == 0);
  return machine;
}

}  // namespace

TEST_CASE("platform: without MSI-X the witness sets INTx Disable, and sees it cleared", "[methods]") {
  Machine machine = without_msi_x();
  CHECK(said(Acpi::run(machine.function)) == "verified");
}

TEST_CASE("platform: without MSI-X the witness sets INTx Disable, and sees that it is still set", "[methods]") {
  Machine machine = without_msi_x();
  machine.strike({.kind = sim::FaultKind::platform_does_nothing});
  CHECK(said(Acpi::run(machine.function)) == "io");
}
