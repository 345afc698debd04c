// The four versions of upstream's prepare and done: what nests, and what a failed reset leaves behind.
#include "upstream/iommu_group_7_1.hpp"
#include "upstream_machine.hpp"

namespace {

// The devices whose handlers call flr().
pci::Id device_with_flr_handler() {
  return GENERATE(as<pci::Id>{}, intel_82599_vf_id, sm961_id, p3700_id, chelsio_id, hinic_vf_id);
}

Version counting_version() { return GENERATE(Version::linux_7_1, Version::quarantine); }

// Gone when its FLR begins, and back only after the wait for it has been given up.
void leave_during_the_flr(Upstream& upstream) {
  upstream.machine.fabric.faults().arm({.kind = sim::FaultKind::gone_and_back,
                                        .length = 90s,
                                        .function = upstream.function().address(),
                                        .offset = static_cast<std::uint32_t>(device_control_of(upstream.function()))});
}

// Whether each event between the first reset and the last pair's end found the function blocked.
bool blocked_to_the_end(const Machine& machine) {
  const std::size_t reset = position_of(machine, sim::EventKind::reset);
  std::size_t end = machine.events().size();
  while (end != 0 && !is_trace(machine.events()[end - 1], rg::TraceKind::finished)) --end;
  for (std::size_t i = reset; i < end; ++i) {
    if (!machine.events()[i].blocked) return false;
  }
  return reset < end;
}

}  // namespace

// --- 7.0 ---

TEST_CASE("7.0: the FLR that a handler calls is refused with EBUSY", "[upstream]") {
  Upstream upstream(Version::linux_7_0, quirk_images(device_with_flr_handler()));
  upstream.reset_by_handler();
  CHECK(refusals(upstream.machine, -EBUSY) == 1);
}

TEST_CASE("7.0: a handler drops that EBUSY, and success is reported for a device that nobody reset", "[upstream]") {
  Upstream upstream(Version::linux_7_0, quirk_images(device_with_flr_handler()));
  CHECK(upstream.reset_by_handler() == 0);
  CHECK(upstream.function().resets() == 0);
  CHECK_FALSE(upstream.function().blocked());
  CHECK(upstream.broke("called verified, and still holds what its last user left"));
}

TEST_CASE("7.0: cxl_bus, which calls bus, answers EBUSY", "[upstream]") {
  Upstream upstream(Version::linux_7_0, cxl_images());
  CHECK(upstream.reset(Subject::cxl_bus) == -EBUSY);
  CHECK(upstream.function().resets() == 0);
}

TEST_CASE("7.0: under a caller's own pair every reset answers EBUSY", "[upstream]") {
  Upstream flr(Version::linux_7_0, nvme_images());
  CHECK(flr.reset(Subject::flr, Nesting::outer_scope) == -EBUSY);
  Upstream handler(Version::linux_7_0, quirk_images(ivy_bridge_id));
  CHECK(handler.reset_by_handler(Nesting::outer_scope) == -EBUSY);
}

TEST_CASE("7.0: a failed reset unblocks the device", "[upstream]") {
  Upstream upstream(Version::linux_7_0, nvme_images());
  upstream.machine.strike({.kind = sim::FaultKind::never_ready});
  REQUIRE(upstream.reset(Subject::flr) == -ENOTTY);
  CHECK_FALSE(upstream.function().blocked());
}

TEST_CASE("7.0: a refused reset does not unblock the one that is under way", "[upstream]") {
  Upstream upstream(Version::linux_7_0, cxl_images());
  upstream.reset(Subject::cxl_bus);
  CHECK(count(upstream.machine.fabric, sim::EventKind::done) == 1);
}

// --- March 2026 ---

TEST_CASE("march 2026: the inner done unblocks under the outer reset", "[upstream]") {
  Upstream upstream(Version::march_2026, quirk_images(hinic_vf_id));
  REQUIRE(upstream.reset_by_handler() == 0);
  const auto& events = upstream.machine.events();
  const std::size_t unblocked = position_of(upstream.machine, sim::EventKind::iommu_unblock);
  REQUIRE(unblocked < events.size());
  CHECK(events[unblocked].depth == 1);
  CHECK(upstream.broke("the firmware has not acknowledged the FLR"));
}

TEST_CASE("march 2026: a controller is unblocked before it has settled", "[upstream]") {
  Upstream upstream(Version::march_2026, quirk_images(p3700_id));
  REQUIRE(upstream.reset_by_handler() == 0);
  CHECK(upstream.broke("used before it had settled after its reset"));
}

TEST_CASE("march 2026: the outer done finds nothing left to do", "[upstream]") {
  Upstream upstream(Version::march_2026, cxl_images());
  REQUIRE(upstream.reset(Subject::cxl_bus) == 0);
  CHECK(count(upstream.machine.fabric, sim::EventKind::done) == 1);
}

TEST_CASE("march 2026: after a failed reset done is skipped, and the device stays blocked", "[upstream]") {
  Upstream upstream(Version::march_2026, nvme_images());
  upstream.machine.strike({.kind = sim::FaultKind::never_ready});
  REQUIRE(upstream.reset(Subject::flr) == -ENOTTY);
  CHECK(upstream.function().blocked());
  CHECK(count(upstream.machine.fabric, sim::EventKind::done) == 0);
}

TEST_CASE("march 2026: a handler that swallows has the outer done unblock a device whose FLR failed", "[upstream]") {
  Upstream upstream(Version::march_2026, quirk_images(device_with_flr_handler()));
  upstream.machine.strike({.kind = sim::FaultKind::never_ready});
  REQUIRE(upstream.reset_by_handler() == 0);
  CHECK_FALSE(upstream.function().blocked());
}

// --- 7.1 and quarantine: counted ---

TEST_CASE("7.1 and quarantine: pairs are counted, and the device is blocked once, to the end", "[upstream]") {
  Upstream upstream(counting_version(), quirk_images(device_with_flr_handler()));
  REQUIRE(upstream.reset_by_handler(Nesting::outer_scope) == 0);
  CHECK(deepest(upstream.machine) == 3);
  CHECK(count(upstream.machine.fabric, sim::EventKind::prepare) == 1);
  CHECK(count(upstream.machine.fabric, sim::EventKind::done) == 1);
  CHECK(blocked_to_the_end(upstream.machine));
}

TEST_CASE("7.1: a failed reset unblocks the device", "[upstream]") {
  Upstream upstream(Version::linux_7_1, nvme_images());
  upstream.machine.strike({.kind = sim::FaultKind::never_ready});
  REQUIRE(upstream.reset(Subject::flr) == -ENOTTY);
  CHECK_FALSE(upstream.function().blocked());
  CHECK(outcomes(upstream.machine) == "released");
}

TEST_CASE("7.1: a done that fails is a line in the log, and the device counts as unblocked", "[upstream]") {
  Upstream upstream(Version::linux_7_1, nvme_images());
  upstream.machine.strike({.kind = sim::FaultKind::done_fails});
  CHECK(upstream.reset(Subject::flr) == 0);
  CHECK(upstream.hardware.logged() == 1);
  CHECK_FALSE(upstream.seen.fence.blocked);
  CHECK(upstream.function().blocked());
}

TEST_CASE("7.1: a group's done without a prepare is a warning", "[upstream]") {
  sim::Translation tables;
  upstream::linux_7_1::IommuGroup group(tables, {}, upstream::linux_7_1::MustSucceed::honoured);
  group.add(0);
  group.done(0);
  CHECK(group.warnings() == 1);
  CHECK(group.prepare(0) == 0);
}

TEST_CASE("7.1: an attach that one function of the group is refused leaves the others where they were", "[upstream]") {
  const sim::Domain old("old"), other("other");
  sim::Translation tables;
  upstream::linux_7_1::IommuGroup group(tables, sim::DomainPointer(old), upstream::linux_7_1::MustSucceed::honoured);
  for (const sim::RequesterId id : {0u, 1u}) group.add(id);
  tables.refuse(2);
  CHECK(group.set_domain(sim::DomainPointer(other)) == -ENOMEM);
  CHECK(tables.through(0) == std::string("old"));
  tables.refuse(2);
  CHECK(group.set_pasid(5, sim::DomainPointer(other)) == -ENOMEM);
  CHECK(tables.through(0, 5) == nullptr);
}

TEST_CASE("every version: a done that fails is success for who asked for the reset", "[upstream]") {
  Upstream upstream(GENERATE(from_range(upstream::versions)), nvme_images());
  upstream.machine.strike({.kind = GENERATE(sim::FaultKind::done_fails, sim::FaultKind::done_unfenced)});
  CHECK(upstream.reset(Subject::flr) == 0);
  CHECK(upstream.hardware.logged() == 1);
}

TEST_CASE("quarantine: after a failed reset the device stays blocked", "[upstream]") {
  Upstream upstream(Version::quarantine, nvme_images());
  upstream.machine.strike({.kind = sim::FaultKind::never_ready});
  REQUIRE(upstream.reset(Subject::flr) == -ENOTTY);
  CHECK(upstream.function().blocked());
  CHECK(upstream.seen.fence.blocked);
}

TEST_CASE("quarantine: a swallowed timeout is told to done as success", "[upstream]") {
  Upstream upstream(Version::quarantine, quirk_images(hinic_vf_id));
  upstream.machine.strike({.kind = sim::FaultKind::firmware_silent});
  REQUIRE(upstream.reset_by_handler() == 0);
  CHECK(outcomes(upstream.machine) == "verified");
  CHECK_FALSE(upstream.function().blocked());
}

TEST_CASE("quarantine: what an inner done was told is forgotten", "[upstream]") {
  Upstream upstream(Version::quarantine, quirk_images(device_with_flr_handler()));
  upstream.machine.strike({.kind = sim::FaultKind::never_ready});
  REQUIRE(upstream.reset_by_handler() == 0);
  CHECK(outcomes(upstream.machine) == "verified");
  CHECK_FALSE(upstream.function().blocked());
}

TEST_CASE("quarantine: also 'unsupported' leaves the device blocked", "[upstream]") {
  Upstream upstream(Version::quarantine, quirk_images(hinic_vf_id));
  upstream.machine.strike({.kind = sim::FaultKind::map_fails});
  REQUIRE(upstream.reset_by_handler() == -ENOTTY);
  CHECK(upstream.function().blocked());
}

// --- all ---

TEST_CASE("march 2026 and quarantine: a retry enters, and its success unblocks", "[upstream]") {
  Upstream upstream(GENERATE(Version::march_2026, Version::quarantine), nvme_images());
  leave_during_the_flr(upstream);
  REQUIRE(upstream.reset(Subject::flr) == -ENOTTY);
  REQUIRE(upstream.function().blocked());
  upstream.function().sleep(60s);
  CHECK(upstream.reset(Subject::flr) == 0);
  CHECK_FALSE(upstream.function().blocked());
  CHECK(count(upstream.machine.fabric, sim::EventKind::prepare) == 1);
}

TEST_CASE("every version: a prepare that fails holds nothing, and a retry may enter", "[upstream]") {
  Upstream upstream(GENERATE(from_range(upstream::versions)), nvme_images());
  upstream.machine.strike({.kind = sim::FaultKind::prepare_fails});
  CHECK(upstream.reset(Subject::flr) == -ENOMEM);
  CHECK(upstream.function().resets() == 0);
  CHECK_FALSE(upstream.function().blocked());
  CHECK(upstream.reset(Subject::flr) == 0);
  CHECK(upstream.function().resets() == 1);
  CHECK_FALSE(upstream.function().blocked());
  CHECK(upstream.violations() == 0);
}

TEST_CASE("every version: a second reset of a healthy device works like the first", "[upstream]") {
  Upstream upstream(GENERATE(from_range(upstream::versions)), virtio_images());
  REQUIRE(upstream.reset(Subject::pm) == 0);
  CHECK(upstream.reset(Subject::pm) == 0);
  CHECK(outcomes(upstream.machine) == "verified verified");
  CHECK(upstream.violations() == 0);
}
