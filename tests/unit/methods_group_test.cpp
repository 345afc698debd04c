// The methods that reset several functions at once: the bus of a group, and CXL Reset.
#include <type_traits>

#include "methods_machine.hpp"
#include "reset_methods/bus_group.hpp"
#include "reset_methods/cxl_reset.hpp"

using methods::BusGroup;

namespace {

using Images = std::vector<sim::Image>;

sim::Image at(sim::Image image, std::uint8_t bus, std::uint8_t function) {
  image.address = pci::Address{0, bus, 0, function};
  return image;
}

// A port, and a group of what is below it, without what is left out.
struct Group {
  explicit Group(const Images& images, std::size_t left_out = 0) : fabric(images) {
    for (std::size_t i = 1; i != fabric.size(); ++i) {
      if (i != left_out) add(fabric[i]);
    }
  }
  void add(sim::Function& function) { REQUIRE(code_of(group.add(function)) == rg::Errc{}); }
  void strike(std::size_t function, sim::Fault fault) {
    fault.function = fabric[function].address();
    fabric.faults().arm(fault);
  }

  sim::Fabric fabric;
  rg::ResetGroup<sim::Function, 4> group;
};

template <class Method>
Texts reset(Group& machine) {
  auto answers = value_of(Method::run(machine.group));
  Texts texts;
  for (std::size_t i = 0; i != answers.size(); ++i) texts.push_back(said(answers.take(i)));
  return texts;
}

// The first member's error; the others' is the same.
template <class Method>
rg::Error error_of_each(Group& machine) {
  auto answers = value_of(Method::run(machine.group));
  const rg::Error error = failure(answers.take(0));
  for (std::size_t i = 1; i != answers.size(); ++i) {
    const rg::Error other = failure(answers.take(i));
    CHECK(other.code() == error.code());
    CHECK(other.where() == std::string(error.where()));
  }
  return error;
}

// Why it is refused. Nothing was written, and no hook called.
template <class Method>
std::string refusal(Group& machine) {
  const rg::Probe probe = Method::probe(std::as_const(machine.group));
  CHECK(probe.support == rg::Support::no);
  const rg::Error error = error_of(Method::run(machine.group));
  CHECK(error.code() == rg::Errc::unsupported);
  CHECK(error.where() == std::string(probe.why));
  for (const sim::Event& event : machine.fabric.log().events()) CHECK(event.kind == sim::EventKind::config_read);
  return error.where();
}

Texts kinds_of_reset(const sim::Fabric& fabric) {
  Texts kinds;
  for (const sim::Event& event : fabric.log().events()) {
    if (event.kind == sim::EventKind::reset) kinds.emplace_back(event.text);
  }
  return kinds;
}

bool all_stay_fenced(const Group& machine) {
  for (std::size_t i = 0; i != machine.group.size(); ++i) {
    if (!stays_fenced(machine.group[i])) return false;
  }
  return true;
}

Images three_below_a_port(const sim::Platform& platform = {}) {
  sim::Patch change;
  change.platform = platform;
  const sim::Image nvme = sim::patch(given(nvme_id), change);
  return {given(root_port_id), at(nvme, 1, 0), at(nvme, 1, 1), at(nvme, 1, 2)};
}
constexpr const char* lacks_some = "the reset reaches functions that are not in the group: add all that are on the bus";

// A CXL device of several functions below a CXL port. Its CXL Reset Timeout is 1 s.
Images cxl_siblings(std::uint8_t functions, sim::CxlReset what = sim::CxlReset::completes) {
  sim::Patch change;
  change.cxl_reset = std::uint8_t{2};
  sim::Image memory = sim::patch(given(cxl_memory_id), change);
  memory.behaviour.firmware.cxl_reset = what;
  Images images{given(cxl_port_id)};
  for (std::uint8_t i = 0; i != functions; ++i) images.push_back(at(memory, memory.address.bus, i));
  return images;
}

// Adds to Function 0 the DVSEC that says: function 2 takes no part in CXL.
void spare_function_2(sim::Image& image, bool ari = false) {
  std::vector<std::uint8_t>& bytes = sim::ImageAccess::bytes(image);
  constexpr std::size_t last = 0x190, map = 0x200, routing = 0x240;
  REQUIRE(image.config().read16(last + 2) >> 4 == 0);
  const auto put = [&bytes](std::size_t offset, unsigned value) {
    sim::detail::put16(bytes, offset, static_cast<std::uint16_t>(value));
  };
  put(last + 2, map << 4 | 1);
  put(map, pci::dvsec::id);
  put(map + 2, ari ? routing << 4 | 1 : 1);
  put(map + pci::dvsec::vendor, pci::cxl_port::vendor);
  put(map + pci::dvsec::dvsec_id, pci::non_cxl_function_map::dvsec_id);
  put(map + pci::non_cxl_function_map::map + (ari ? 0 : 4 * 2), ari ? 1u << 2 : 1);
  if (!ari) return;
  put(routing, pci::alternative_routing::id);
  put(routing + 2, 1);
}

}  // namespace

// --- bus ---

TEST_CASE("bus group: all functions below a port are reset together, and each is verified", "[methods]") {
  Group machine(three_below_a_port());
  CHECK(reset<BusGroup>(machine) == Texts(3, "verified"));
  CHECK(kinds_of_reset(machine.fabric) == Texts(3, "bus"));
}

TEST_CASE("bus group: each member is fenced while the bus is in reset, and no rule of the hardware is broken",
          "[methods]") {
  Group machine(three_below_a_port());
  CHECK(reset<BusGroup>(machine) == Texts(3, "verified"));
  CHECK(violations(machine.fabric) == Texts{});
  CHECK(count(machine.fabric, sim::EventKind::prepare) == 3);
  CHECK(count(machine.fabric, sim::EventKind::done) == 3);
}

TEST_CASE("bus group: a member that does not come back is quarantined alone, and the others are verified",
          "[methods]") {
  for (const std::size_t dead : {1u, 2u, 3u}) {
    Group machine(three_below_a_port());
    machine.strike(dead, {.kind = sim::FaultKind::never_ready});
    Texts expected(3, "verified");
    expected[dead - 1] = "timed_out";
    CHECK(reset<BusGroup>(machine) == expected);
    for (std::size_t i = 1; i != 4; ++i) CHECK(stays_fenced(machine.fabric[i]) == (i == dead));
  }
}

TEST_CASE("bus group: a member that takes 64 s to answer is waited for", "[methods]") {
  Group machine(three_below_a_port());
  machine.strike(2, {.kind = sim::FaultKind::ready_late, .length = 64s});
  CHECK(reset<BusGroup>(machine) == Texts(3, "verified"));
}

TEST_CASE("bus group: members that do not come back are waited for at the same time", "[methods]") {
  Group machine(three_below_a_port());
  for (const std::size_t dead : {1u, 2u, 3u}) machine.strike(dead, {.kind = sim::FaultKind::never_ready});
  CHECK(reset<BusGroup>(machine) == Texts(3, "timed_out"));
  CHECK(machine.fabric.clock().now() < 66s);
}

TEST_CASE("bus group: a member that an FLR has killed is brought back with the others", "[methods]") {
  Images images = three_below_a_port();
  images[2] = at(nvme_that_dies_in_an_flr(), 1, 1);
  Group machine(images);
  REQUIRE(said(methods::Flr::run(machine.fabric[2])) == "timed_out");
  CHECK(reset<BusGroup>(machine) == Texts(3, "verified"));
  CHECK_FALSE(machine.fabric[2].reset_state.quarantined());
}

TEST_CASE("bus group: a reset that cannot be started is a failure of each member", "[methods]") {
  Group machine(three_below_a_port());
  machine.strike(0, {.kind = sim::FaultKind::write_fails, .offset = pci::bridge::control});
  CHECK(reset<BusGroup>(machine) == Texts(3, "io"));
  CHECK(all_stay_fenced(machine));
}

TEST_CASE("bus group: in a hotplug slot its controller resets the members, once", "[methods]") {
  Group machine(three_below_a_port({.slot_reset = true}));
  CHECK(reset<BusGroup>(machine) == Texts(3, "verified"));
  CHECK(kinds_of_reset(machine.fabric) == Texts(3, "slot"));
}

TEST_CASE("bus group: a reset that is reported and did not happen is a failure of each member", "[methods]") {
  Group machine(three_below_a_port({.slot_reset = true}));
  machine.strike(1, {.kind = sim::FaultKind::platform_does_nothing});
  CHECK(error_of_each<BusGroup>(machine).where() == std::string("the function kept its state"));
  CHECK(all_stay_fenced(machine));
}

TEST_CASE("bus group: without one function below the port it is refused, and nothing is touched", "[methods]") {
  for (const std::size_t left_out : {1u, 2u, 3u}) {
    Group machine(three_below_a_port(), left_out);
    CHECK(refusal<BusGroup>(machine) == lacks_some);
  }
}

TEST_CASE("bus group: with a function that is known only by its neighbour's registers it is refused", "[methods]") {
  Images images = three_below_a_port();
  images.erase(images.begin() + 2, images.end());
  sim::ImageAccess::bytes(images[1])[pci::header::header_type] |= pci::header::multi_function;
  Group machine(images);
  CHECK(refusal<BusGroup>(machine) == lacks_some);
}

TEST_CASE("bus group: without members it is refused", "[methods]") {
  Group machine({given(root_port_id)});
  CHECK(refusal<BusGroup>(machine) == "the group has no members");
}

TEST_CASE("bus group: members on two buses are refused", "[methods]") {
  Images images = three_below_a_port();
  images[3] = at(images[3], 2, 0);
  Group machine(images);
  CHECK(refusal<BusGroup>(machine) == "the members of the group are not on one bus");
}

TEST_CASE("bus group: one function by two handles is refused", "[methods]") {
  sim::Hardware hardware;
  sim::Function one(hardware, given(nvme_id)), again(hardware, given(nvme_id));
  rg::ResetGroup<sim::Function, 2> group;
  REQUIRE(code_of(group.add(one)) == rg::Errc{});
  REQUIRE(code_of(group.add(again)) == rg::Errc{});
  CHECK(methods::why_not_all(group) == std::string("a function is in the group twice"));
}

TEST_CASE("bus group: a port among the members is refused", "[methods]") {
  Images images = three_below_a_port();
  sim::Patch change;
  change.address = pci::Address{0, 1, 0, 3};
  change.bus_behind = std::uint8_t{2};
  images.push_back(sim::patch(given(root_port_id), change));
  Group machine(images);
  CHECK(refusal<BusGroup>(machine) == "a port is in the group: the bus below it would be reset too");
}

TEST_CASE("bus group: enabled virtual functions are refused, on whatever bus they are", "[methods]") {
  Images images = three_below_a_port();
  std::vector<std::uint8_t>& bytes = sim::ImageAccess::bytes(images[1]);
  constexpr std::size_t sr_iov = pci::extended::start;
  REQUIRE(images[1].config().read32(sr_iov) == 0);
  sim::detail::put16(bytes, sr_iov, pci::sr_iov::id);
  sim::detail::put16(bytes, sr_iov + pci::sr_iov::control, pci::sr_iov::vf_enable);
  sim::detail::put16(bytes, sr_iov + pci::sr_iov::number_of_vfs, 1);
  sim::detail::put16(bytes, sr_iov + pci::sr_iov::first_vf_offset, 0x100);
  Group machine(images);
  REQUIRE(machine.fabric[1].functions_on_bus() == 3);
  CHECK(refusal<BusGroup>(machine) == "virtual functions are enabled, and the reset ends them: disable SR-IOV first");
}

TEST_CASE("bus group: without a port above the members it is refused", "[methods]") {
  Group machine({given(root_port_id), at(given(nvme_id), 9, 0)});
  CHECK(refusal<BusGroup>(machine) == "its port is not in the input");
}

TEST_CASE("bus group: a member that is flagged is refused", "[methods]") {
  Images images = three_below_a_port();
  sim::Patch change;
  change.id = pci::Id{0x168c, 0x0030};
  images[2] = sim::patch(images[2], change);
  Group machine(images);
  CHECK(refusal<BusGroup>(machine) == "a member is flagged: no bus reset");
}

TEST_CASE("bus group: below a port that is flagged it is refused", "[methods]") {
  Images images = three_below_a_port();
  sim::Patch change;
  change.id = pci::Id{0x1b21, 0x1164};
  images[0] = sim::patch(images[0], change);
  Group machine(images);
  CHECK(refusal<BusGroup>(machine) == "the port above is flagged: what is below does not come back from a bus reset");
}

TEST_CASE("bus group: below a CXL port that masks the reset it is refused", "[methods]") {
  Group machine(cxl_siblings(2));
  CHECK(refusal<BusGroup>(machine) == "the CXL port above masks the bus reset");
}

TEST_CASE("bus group: only run(), which compares the members, can call the act", "[methods]") {
  STATIC_REQUIRE_FALSE(std::is_default_constructible_v<BusGroup::AllAreMembers>);
  const Group machine(three_below_a_port());
  CHECK(BusGroup::probe(machine.group).support == rg::Support::yes);
}

// --- CXL Reset ---

TEST_CASE("cxl_reset: the CXL functions of a device are reset together, and each is verified", "[methods]") {
  Group machine(cxl_siblings(2));
  CHECK(reset<methods::CxlReset>(machine) == Texts(2, "verified"));
  CHECK(kinds_of_reset(machine.fabric) == Texts(2, "cxl_reset"));
  CHECK(violations(machine.fabric) == Texts{});
}

TEST_CASE("cxl_reset: CXL Reset Error is a failure of each member", "[methods]") {
  Group machine(cxl_siblings(2, sim::CxlReset::fails));
  const rg::Error error = error_of_each<methods::CxlReset>(machine);
  CHECK(error.code() == rg::Errc::io);
  CHECK(error.where() == std::string("CXL Reset Error"));
  CHECK(all_stay_fenced(machine));
}

TEST_CASE("cxl_reset: a device that does not complete in its CXL Reset Timeout is a failure of each member",
          "[methods]") {
  Group machine(cxl_siblings(2));
  machine.strike(1, {.kind = sim::FaultKind::firmware_silent});
  const rg::Error error = error_of_each<methods::CxlReset>(machine);
  CHECK(error.code() == rg::Errc::timed_out);
  CHECK(error.where() == std::string("CXL Reset Complete"));
  CHECK(machine.fabric.clock().now() >= 1s);
  CHECK(machine.fabric.clock().now() < 1100ms);
  CHECK(all_stay_fenced(machine));
}

TEST_CASE("cxl_reset: a device that completes late, in its CXL Reset Timeout, is waited for", "[methods]") {
  Group machine(cxl_siblings(2));
  machine.strike(1, {.kind = sim::FaultKind::firmware_late, .length = 800ms});
  CHECK(reset<methods::CxlReset>(machine) == Texts(2, "verified"));
}

TEST_CASE("cxl_reset: a Complete that is a lie is a failure of each member", "[methods]") {
  Group machine(cxl_siblings(2, sim::CxlReset::lies));
  CHECK(error_of_each<methods::CxlReset>(machine).where() == std::string("the function kept its state"));
  CHECK(all_stay_fenced(machine));
}

TEST_CASE("cxl_reset: the Complete of an earlier reset does not pass for one that never began", "[methods]") {
  Group machine(cxl_siblings(2));
  REQUIRE(reset<methods::CxlReset>(machine) == Texts(2, "verified"));
  machine.strike(
      1, {.kind = sim::FaultKind::write_ignored,
          .offset = machine.fabric[1].config().capabilities().cxl_device + unsigned{pci::cxl_device::control_2}});
  CHECK(error_of_each<methods::CxlReset>(machine).where() == std::string("the function kept its state"));
}

TEST_CASE("cxl_reset: the Error of an earlier reset does not count", "[methods]") {
  Images images = cxl_siblings(2);
  const std::size_t dvsec = sim::CapabilityOffsets::of(images[1].config()).cxl_device;
  sim::detail::put16(sim::ImageAccess::bytes(images[1]), dvsec + pci::cxl_device::status_2,
                     pci::cxl_device::reset_error);
  Group machine(images);
  CHECK(reset<methods::CxlReset>(machine) == Texts(2, "verified"));
}

TEST_CASE("cxl_reset: a sibling that does not come back is quarantined alone", "[methods]") {
  Group machine(cxl_siblings(2));
  machine.strike(2, {.kind = sim::FaultKind::never_ready});
  CHECK(reset<methods::CxlReset>(machine) == Texts{"verified", "timed_out"});
  CHECK_FALSE(machine.fabric[1].blocked());
  CHECK(stays_fenced(machine.fabric[2]));
}

TEST_CASE("cxl_reset: without a CXL sibling it is refused, and nothing is touched", "[methods]") {
  Group machine(cxl_siblings(2), 2);
  CHECK(refusal<methods::CxlReset>(machine) == lacks_some);
}

TEST_CASE("cxl_reset: without Function 0 it is refused", "[methods]") {
  Group machine(cxl_siblings(2), 1);
  CHECK(refusal<methods::CxlReset>(machine) == "Function 0, which has the registers, is not in the group");
}

TEST_CASE("cxl_reset: a device that is not capable of it is refused", "[methods]") {
  Group machine({given(cxl_port_id), given(cxl_memory_id)});
  CHECK(refusal<methods::CxlReset>(machine) == "Function 0 is not CXL Reset Capable");
}

TEST_CASE("cxl_reset: a device that is not CXL's is refused", "[methods]") {
  Group machine(three_below_a_port());
  CHECK(refusal<methods::CxlReset>(machine) == "Function 0 is not that of a CXL device");
}

TEST_CASE("cxl_reset: a function that takes no part in CXL is spared, and need not be in the group", "[methods]") {
  Images images = cxl_siblings(3);
  spare_function_2(images[1]);
  Group machine(images, 3);
  CHECK(reset<methods::CxlReset>(machine) == Texts(2, "verified"));
  CHECK(machine.fabric[3].resets() == 0);
}

TEST_CASE("cxl_reset: a member that takes no part in CXL is refused", "[methods]") {
  for (const bool ari : {false, true}) {
    Images images = cxl_siblings(3);
    spare_function_2(images[1], ari);
    Group machine(images);
    CHECK(refusal<methods::CxlReset>(machine) == "a member takes no part in CXL: the reset does not reach it");
  }
}
