// Each reset method alone: what it does on a healthy function, and each way it can fail.
#include "methods_machine.hpp"

using methods::AfFlr, methods::Bus, methods::CxlBus, methods::Flr, methods::Pm;

namespace {

// For a method: a machine that it works on, one that it does not, and the register whose write starts the reset.
template <class M>
struct Rig;

struct Register {
  const sim::Function& of;
  unsigned offset;
};

template <>
struct Rig<Flr> {
  static Machine machine() { return nvme_machine(); }
  static Machine without() { return Machine({given(edu_id)}); }
  static Register start(const Machine& machine) {
    return {machine.function, 0u + machine.at().express + pci::express::device_control};
  }
};
template <>
struct Rig<AfFlr> {
  static Machine machine() { return af_flr_machine(); }
  static Machine without() { return nvme_machine(); }
  static Register start(const Machine& machine) {
    return {machine.function, 0u + machine.at().advanced_features + pci::advanced_features::control};
  }
};
template <>
struct Rig<Pm> {
  static Machine machine() { return virtio_machine(); }
  static Machine without() {
    sim::Patch change;
    change.no_soft_reset = true;
    return virtio_machine(change);
  }
  static Register start(const Machine& machine) {
    return {machine.function, 0u + machine.at().power_management + pci::power_management::control_status};
  }
};
template <>
struct Rig<Bus> {
  static Machine machine() { return nvme_machine(); }
  static Machine without() { return Machine({given(virtio_id)}); }
  static Register start(const Machine& machine) { return {machine.fabric[0], pci::bridge::control}; }
};
template <>
struct Rig<CxlBus> {
  static Machine machine() { return cxl_machine(); }
  static Machine without() { return nvme_machine(); }
  static Register start(const Machine& machine) { return {machine.fabric[0], pci::bridge::control}; }
};

// The number of an operation that a run will perform, known from another run of the same.
template <class M>
std::uint64_t number_of_start() {
  Machine twin = Rig<M>::machine();
  const Register start = Rig<M>::start(twin);
  twin.fabric.faults().record_operations(true);
  REQUIRE(said(M::run(twin.function)) == "verified");
  const auto& performed = twin.fabric.faults().performed();
  const auto found = std::find_if(performed.begin(), performed.end(), [&](const sim::Performed& operation) {
    return operation.operation == sim::Operation::config_write && operation.offset == start.offset &&
           operation.function == start.of.address();
  });
  REQUIRE(found != performed.end());
  return static_cast<std::uint64_t>(found - performed.begin()) + 1;
}

// A function whose hardware does not do as it is told: writes to one register are accepted and lost, and the port that
// it believes to be above it has no wire to it.
struct DeafFunction : sim::Function {
  using sim::Function::Function;
  sim::Function* port = nullptr;
  unsigned deaf_at = pci::extended_config_size;

  sim::Function* parent() noexcept { return port; }
  const sim::Function* parent() const noexcept { return port; }
  RESET_GUARD_MUST_USE rg::Status write8(std::uint16_t offset, std::uint8_t value) {
    return offset == deaf_at ? rg::ok() : sim::Function::write8(offset, value);
  }
  RESET_GUARD_MUST_USE rg::Status write16(std::uint16_t offset, std::uint16_t value) {
    return offset == deaf_at ? rg::ok() : sim::Function::write16(offset, value);
  }
};

}  // namespace

// --- on a healthy function ---

TEMPLATE_TEST_CASE("method: a healthy function is verified", "[methods]", Flr, AfFlr, Pm, Bus, CxlBus) {
  Machine machine = Rig<TestType>::machine();
  CHECK(said(TestType::run(machine.function)) == "verified");
}

TEMPLATE_TEST_CASE("method: the function loses its state", "[methods]", Flr, AfFlr, Pm, Bus, CxlBus) {
  Machine machine = Rig<TestType>::machine();
  REQUIRE(said(TestType::run(machine.function)) == "verified");
  CHECK_FALSE(machine.function.holds_state());
}

TEMPLATE_TEST_CASE("method: the function is reset once", "[methods]", Flr, AfFlr, Pm, Bus, CxlBus) {
  Machine machine = Rig<TestType>::machine();
  REQUIRE(said(TestType::run(machine.function)) == "verified");
  CHECK(machine.function.resets() == 1);
}

TEMPLATE_TEST_CASE("method: no rule of the hardware is broken", "[methods]", Flr, AfFlr, Pm, Bus, CxlBus) {
  Machine machine = Rig<TestType>::machine();
  REQUIRE(said(TestType::run(machine.function)) == "verified");
  CHECK(violations(machine.fabric) == Texts{});
}

TEMPLATE_TEST_CASE("method: one prepare and one done around all nested scopes", "[methods]", Flr, AfFlr, Pm, Bus,
                   CxlBus) {
  Machine machine = Rig<TestType>::machine();
  auto answer = rg::reset(machine.function, [](rg::ResetScope<sim::Function>& outer) {
    return rg::reset(outer.device(),
                     [](rg::ResetScope<sim::Function>& inner) { return TestType::run(inner.device()); });
  });
  REQUIRE(said(std::move(answer)) == "verified");
  CHECK(deepest(machine) >= 3);
  CHECK(count(machine.fabric, sim::EventKind::prepare) == 1);
  CHECK(count(machine.fabric, sim::EventKind::done) == 1);
}

TEMPLATE_TEST_CASE("method: afterwards the function is neither blocked nor quarantined", "[methods]", Flr, AfFlr, Pm,
                   Bus, CxlBus) {
  Machine machine = Rig<TestType>::machine();
  REQUIRE(said(TestType::run(machine.function)) == "verified");
  CHECK_FALSE(machine.function.blocked());
  CHECK_FALSE(machine.function.reset_state.quarantined());
}

TEMPLATE_TEST_CASE("method: a function that takes 64 s to answer is waited for", "[methods]", Flr, AfFlr, Pm, Bus,
                   CxlBus) {
  Machine machine = Rig<TestType>::machine();
  machine.strike({.kind = sim::FaultKind::ready_late, .length = 64s});
  CHECK(said(TestType::run(machine.function)) == "verified");
}

// --- where it is not supported ---

TEMPLATE_TEST_CASE("method: where it does not exist, the answer is 'unsupported'", "[methods]", Flr, AfFlr, Pm, Bus,
                   CxlBus) {
  Machine machine = Rig<TestType>::without();
  CHECK(said(TestType::run(machine.function)) == "unsupported");
}

TEMPLATE_TEST_CASE("method: 'unsupported' calls no hook", "[methods]", Flr, AfFlr, Pm, Bus, CxlBus) {
  Machine machine = Rig<TestType>::without();
  REQUIRE(said(TestType::run(machine.function)) == "unsupported");
  CHECK(outcomes(machine) == "");
  CHECK_FALSE(machine.function.reset_state.quarantined());
}

// --- failures ---

TEMPLATE_TEST_CASE("method: a write that fails is a failure", "[methods]", Flr, AfFlr, Pm, Bus, CxlBus) {
  Machine machine = Rig<TestType>::machine();
  const Register start = Rig<TestType>::start(machine);
  machine.refuse_writes_to(start.of, start.offset);
  CHECK(said(TestType::run(machine.function)) == "io");
  CHECK(stays_fenced(machine.function));
}

TEMPLATE_TEST_CASE("method: a function that never gets ready is a timeout", "[methods]", Flr, AfFlr, Pm, Bus, CxlBus) {
  Machine machine = Rig<TestType>::machine();
  machine.strike({.kind = sim::FaultKind::never_ready});
  CHECK(said(TestType::run(machine.function)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEMPLATE_TEST_CASE("method: a function that is gone is a failure", "[methods]", Flr, AfFlr, Pm) {
  Machine machine = Rig<TestType>::machine();
  machine.function.tear_out();
  CHECK(said(TestType::run(machine.function)) == "gone");
  CHECK(stays_fenced(machine.function));
}

TEMPLATE_TEST_CASE("method: a function that is gone is not brought back by its bus", "[methods]", Bus, CxlBus) {
  Machine machine = Rig<TestType>::machine();
  machine.function.tear_out();
  CHECK(said(TestType::run(machine.function)) == "timed_out");
  CHECK(stays_fenced(machine.function));
}

TEMPLATE_TEST_CASE("method: a port that is gone is a failure", "[methods]", Bus, CxlBus) {
  Machine machine = Rig<TestType>::machine();
  machine.fabric.faults().arm_at(number_of_start<TestType>(), sim::FaultKind::gone);
  CHECK(said(TestType::run(machine.function)) == "gone");
  CHECK(stays_fenced(machine.function));
}

TEMPLATE_TEST_CASE("method: a function that goes when it is reset is a timeout", "[methods]", Flr, AfFlr, Pm) {
  Machine machine = Rig<TestType>::machine();
  machine.fabric.faults().arm_at(number_of_start<TestType>(), sim::FaultKind::gone);
  CHECK(said(TestType::run(machine.function)) == (std::is_same_v<TestType, Pm> ? "gone" : "timed_out"));
  CHECK(stays_fenced(machine.function));
}

TEMPLATE_TEST_CASE("method: a function that is gone for longer than the wait is a failure", "[methods]", Flr, AfFlr,
                   Pm) {
  Machine machine = Rig<TestType>::machine();
  machine.fabric.faults().arm(
      {.kind = sim::FaultKind::gone_and_back, .at = number_of_start<TestType>(), .length = 70s});
  CHECK(said(TestType::run(machine.function)) != "verified");
  CHECK(stays_fenced(machine.function));
}

TEMPLATE_TEST_CASE("method: a write that gets lost is a failure, for the function kept its state", "[methods]", Flr,
                   AfFlr, Pm) {
  const Machine like = Rig<TestType>::machine();
  sim::Hardware hardware;
  sim::Patch change;
  change.advanced_features = std::is_same_v<TestType, AfFlr>;
  DeafFunction function(hardware, sim::patch(given(like.function.id()), change));
  function.deaf_at = Rig<TestType>::start(like).offset;
  const rg::Error error = failure(TestType::run(function));
  CHECK(std::string(error.where()) == "the function kept its state");
  CHECK(stays_fenced(function));
}

TEST_CASE("method: a bus reset that reaches nobody is a failure, for the function kept its state", "[methods]") {
  sim::Hardware hardware;
  sim::Function port(hardware, given(root_port_id));
  DeafFunction function(hardware, given(nvme_id));
  function.port = &port;
  const rg::Error error = failure(Bus::run(function));
  CHECK(std::string(error.where()) == "the function kept its state");
  CHECK(stays_fenced(function));
}

TEST_CASE("method: a CXL bus reset that reaches nobody is a failure, for the function kept its state", "[methods]") {
  sim::Hardware hardware;
  sim::Function port(hardware, given(cxl_port_id));
  DeafFunction function(hardware, given(cxl_memory_id));
  function.port = &port;
  const rg::Error error = failure(CxlBus::run(function));
  CHECK(std::string(error.where()) == "the function kept its state");
  CHECK(stays_fenced(function));
}

TEMPLATE_TEST_CASE("method: a capability list with a loop is a failure", "[methods]", Flr, AfFlr, Pm) {
  const Machine like = Rig<TestType>::machine();
  sim::Image image = given(like.function.id());
  auto& bytes = sim::ImageAccess::bytes(image);
  const std::uint8_t first = bytes[pci::header::capabilities_pointer];
  bytes[first] = pci::msi::id;  // of no method
  bytes[first + 1u] = first;
  Machine machine({image});
  CHECK(said(TestType::run(machine.function)) == "invalid");
  CHECK(stays_fenced(machine.function));
}

TEMPLATE_TEST_CASE("method: after a failure, it can be tried again and lifts the quarantine", "[methods]", Flr, AfFlr,
                   Pm, Bus, CxlBus) {
  Machine machine = Rig<TestType>::machine();
  const Register start = Rig<TestType>::start(machine);
  machine.refuse_writes_to(start.of, start.offset);
  REQUIRE(said(TestType::run(machine.function)) == "io");
  REQUIRE(said(TestType::run(machine.function)) == "verified");
  CHECK_FALSE(machine.function.reset_state.quarantined());
}

TEMPLATE_TEST_CASE("method: a prepare that fails starts nothing", "[methods]", Flr, AfFlr, Pm, Bus, CxlBus) {
  Machine machine = Rig<TestType>::machine();
  machine.strike({.kind = sim::FaultKind::prepare_fails});
  REQUIRE(said(TestType::run(machine.function)) == "no_memory");
  CHECK(machine.function.resets() == 0);
  CHECK(count(machine.fabric, sim::EventKind::config_write) == 0);
}

TEMPLATE_TEST_CASE("method: a done that fails is a failure", "[methods]", Flr, AfFlr, Pm, Bus, CxlBus) {
  Machine machine = Rig<TestType>::machine();
  machine.strike({.kind = sim::FaultKind::done_fails});
  CHECK(said(TestType::run(machine.function)) == "no_memory");
  CHECK(stays_fenced(machine.function));
}

// --- flr, af_flr ---

TEMPLATE_TEST_CASE("method: pending transactions are waited for before the fence", "[methods]", Flr, AfFlr) {
  Machine machine = Rig<TestType>::machine();
  machine.strike({.kind = sim::FaultKind::transactions_pending, .length = 250ms});
  REQUIRE(said(TestType::run(machine.function)) == "verified");
  const std::size_t waited = position_of(machine, sim::EventKind::sleep);
  CHECK(waited < position_of(machine, sim::EventKind::prepare));
}

TEMPLATE_TEST_CASE("method: transactions that stay pending do not stop the reset", "[methods]", Flr, AfFlr) {
  Machine machine = Rig<TestType>::machine();
  machine.strike({.kind = sim::FaultKind::transactions_pending, .length = {}});
  CHECK(said(TestType::run(machine.function)) == "verified");
}

// A timed-out wait says -ENOTTY in Linux, which is also 'unsupported'.
TEST_CASE("flr: a timeout is not 'unsupported'", "[methods]") {
  Machine machine = nvme_machine();
  machine.strike({.kind = sim::FaultKind::never_ready});
  CHECK(said(Flr::run(machine.function)) == "timed_out");
}

TEST_CASE("af_flr: a timeout is not 'unsupported'", "[methods]") {
  Machine machine = af_flr_machine();
  machine.strike({.kind = sim::FaultKind::never_ready});
  CHECK(said(AfFlr::run(machine.function)) == "timed_out");
}

TEST_CASE("flr: other bits of Device Control are kept in the write", "[methods]") {
  Machine machine = nvme_machine();
  constexpr unsigned relaxed_ordering = 1u << 4;
  write16(machine.function, device_control_of(machine.function), relaxed_ordering);
  machine.fabric.log().clear();
  REQUIRE(said(Flr::run(machine.function)) == "verified");
  CHECK(machine.events()[position_of(machine, sim::EventKind::config_write)].after == relaxed_ordering);
}

// --- pm ---

TEST_CASE("pm: a timeout is not 'unsupported'", "[methods]") {
  Machine machine = virtio_machine();
  machine.strike({.kind = sim::FaultKind::never_ready});
  CHECK(said(Pm::run(machine.function)) == "timed_out");
}

TEST_CASE("pm: a function that starts in neither D0 nor D3hot is a failure", "[methods]") {
  Machine machine = virtio_machine();
  constexpr unsigned d1 = 1;
  write16(machine.function, pmcsr_of(machine.function), d1);
  CHECK(said(Pm::run(machine.function)) == "invalid");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("pm: a function that a failed reset has left in D3hot is reset by the next one", "[methods]") {
  Machine machine = virtio_machine();
  const std::uint64_t number = number_of_start<Pm>();
  const std::uint32_t pmcsr = pmcsr_of(machine.function);
  machine.strike({.kind = sim::FaultKind::write_fails, .at = number + 1, .times = 0, .offset = pmcsr});
  REQUIRE(said(Pm::run(machine.function)) == "io");
  machine.fabric.faults().disarm();
  CHECK(said(Pm::run(machine.function)) == "verified");
  CHECK(machine.function.config().power_state() == pci::power_management::d0);
}

TEST_CASE("bus: a bus that a failed reset could not release is released by the next one", "[methods]") {
  Machine machine = nvme_machine();
  const sim::Function& port = machine.fabric[0];
  machine.fabric.faults().arm({.kind = sim::FaultKind::write_fails,
                               .at = number_of_start<Bus>() + 1,
                               .times = 0,
                               .function = port.address(),
                               .offset = pci::bridge::control});
  REQUIRE(said(Bus::run(machine.function)) == "io");
  machine.fabric.faults().disarm();
  CHECK(said(Bus::run(machine.function)) == "verified");
  CHECK((port.config().read(pci::bridge::control, 2) & pci::bridge::secondary_bus_reset) == 0);
}

TEST_CASE("pm: a function that cannot be brought back to D0 is a failure", "[methods]") {
  Machine machine = virtio_machine();
  const std::uint64_t number = number_of_start<Pm>();
  const std::uint32_t pmcsr = pmcsr_of(machine.function);
  machine.strike({.kind = sim::FaultKind::write_fails, .at = number + 1, .times = 0, .offset = pmcsr});
  CHECK(said(Pm::run(machine.function)) == "io");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("pm: the function ends in D0", "[methods]") {
  Machine machine = virtio_machine();
  REQUIRE(said(Pm::run(machine.function)) == "verified");
  CHECK(machine.function.config().power_state() == pci::power_management::d0);
}

// --- bus ---

TEST_CASE("bus: a timeout is not 'unsupported'", "[methods]") {
  Machine machine = nvme_machine();
  machine.strike({.kind = sim::FaultKind::never_ready});
  CHECK(said(Bus::run(machine.function)) == "timed_out");
}

TEST_CASE("bus: a bus that cannot be released is a failure", "[methods]") {
  Machine machine = nvme_machine();
  machine.fabric.faults().arm({.kind = sim::FaultKind::write_fails,
                               .at = number_of_start<Bus>() + 1,
                               .times = 0,
                               .function = machine.fabric[0].address(),
                               .offset = pci::bridge::control});
  CHECK(said(Bus::run(machine.function)) == "io");
  CHECK(stays_fenced(machine.function));
}

TEST_CASE("bus: Bridge Control is put back", "[methods]") {
  Machine machine = nvme_machine();
  const std::uint32_t before = machine.fabric[0].config().read(pci::bridge::control, 2);
  REQUIRE(said(Bus::run(machine.function)) == "verified");
  CHECK(machine.fabric[0].config().read(pci::bridge::control, 2) == before);
}

TEST_CASE("bus: a function that an FLR has killed is brought back", "[methods]") {
  Machine machine = Machine({given(root_port_id), nvme_that_dies_in_an_flr()});
  REQUIRE(said(Flr::run(machine.function)) == "timed_out");
  CHECK(said(Bus::run(machine.function)) == "verified");
}

TEST_CASE("bus: below a CXL port that masks it, the answer is 'unsupported'", "[methods]") {
  Machine machine = cxl_machine();
  CHECK(said(Bus::run(machine.function)) == "unsupported");
  CHECK(outcomes(machine) == "");
}

TEST_CASE("bus: below a CXL port that lets it through, the function is reset", "[methods]") {
  Machine machine = cxl_machine(true);
  REQUIRE(said(Bus::run(machine.function)) == "verified");
  CHECK(resets(machine) == "bus");
}
