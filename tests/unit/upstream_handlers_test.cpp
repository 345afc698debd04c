// Upstream's handlers: what each makes of a failure; and that they reset a healthy device. Version 7.1, where nothing
// is said of it.
#include "upstream_machine.hpp"

using Hinic = sim::HinicFirmware;

namespace {

Upstream handled(pci::Id id, Version version = Version::linux_7_1) { return {version, quirk_images(id)}; }

bool memory_decode(const sim::Function& function) {
  return (function.config().command() & pci::command::memory_space) != 0;
}

// The FLR is started, and nothing comes of it: the function never answers again.
void never_comes_back(Upstream& upstream) { upstream.machine.strike({.kind = sim::FaultKind::never_ready}); }

// The write that starts the FLR is refused by the platform.
void refuses_the_flr(Upstream& upstream) {
  upstream.machine.refuse_writes_to(upstream.function(), device_control_of(upstream.function()));
}

const std::string unanswered = "called verified, and does not answer";
const std::string untouched = "called verified, and still holds what its last user left";

}  // namespace

// --- a healthy device ---

TEST_CASE("7.1 and quarantine: every handler resets its healthy device, and breaks no rule", "[upstream]") {
  const pci::Id id = GENERATE(as<pci::Id>{}, intel_82599_vf_id, ivy_bridge_id, pci::Id{0x8086, 0x0166}, sm961_id,
                              p3700_id, pci::Id{0x8086, 0x0a54}, pci::Id{0x025e, 0xf1ac}, chelsio_id, hinic_vf_id);
  Upstream upstream = handled(id, GENERATE(Version::linux_7_1, Version::quarantine));
  CHECK(upstream.reset_by_handler(GENERATE(Nesting::device_specific, Nesting::chain, Nesting::outer_scope)) == 0);
  CHECK(upstream.function().resets() == 1);
  CHECK_FALSE(upstream.function().holds_state());
  CHECK_FALSE(upstream.function().blocked());
  CHECK(upstream.violations() == 0);
  CHECK(upstream.hardware.logged() == 0);
}

TEST_CASE("march 2026: every handler resets its healthy device", "[upstream]") {
  const pci::Id id =
      GENERATE(as<pci::Id>{}, intel_82599_vf_id, ivy_bridge_id, sm961_id, p3700_id, chelsio_id, hinic_vf_id);
  Upstream upstream = handled(id, Version::march_2026);
  CHECK(upstream.reset_by_handler() == 0);
  CHECK(upstream.function().resets() == 1);
  CHECK_FALSE(upstream.function().blocked());
}

TEST_CASE("7.0: only the handler without FLR resets its healthy device", "[upstream]") {
  const pci::Id id =
      GENERATE(as<pci::Id>{}, intel_82599_vf_id, ivy_bridge_id, sm961_id, p3700_id, chelsio_id, hinic_vf_id);
  Upstream upstream = handled(id, Version::linux_7_0);
  CHECK(upstream.reset_by_handler() == 0);
  CHECK(upstream.function().resets() == (id == ivy_bridge_id ? 1u : 0u));
}

TEST_CASE("every version: a handler alone has no fence but that of its FLR", "[upstream]") {
  Upstream hinic = handled(hinic_vf_id, GENERATE(from_range(upstream::versions)));
  CHECK(hinic.reset_by_handler(Nesting::alone) == 0);
  CHECK(hinic.broke("the firmware has not acknowledged the FLR"));
  Upstream graphics = handled(ivy_bridge_id);
  CHECK(graphics.reset_by_handler(Nesting::alone) == 0);
  CHECK(graphics.broke("reset while not blocked"));
}

// --- FLR's result is dropped ---

TEST_CASE("7.1: every handler that calls FLR reports success when the function never comes back", "[upstream]") {
  Upstream upstream = handled(GENERATE(as<pci::Id>{}, intel_82599_vf_id, sm961_id, p3700_id, chelsio_id, hinic_vf_id));
  never_comes_back(upstream);
  CHECK(upstream.reset_by_handler() == 0);
  CHECK(upstream.function().resets() == 1);
  CHECK(upstream.broke(unanswered));
  CHECK_FALSE(upstream.function().blocked());
}

TEST_CASE("7.1: every handler that calls FLR reports success when the FLR could not be started", "[upstream]") {
  Upstream upstream = handled(GENERATE(as<pci::Id>{}, intel_82599_vf_id, sm961_id, p3700_id, chelsio_id, hinic_vf_id));
  refuses_the_flr(upstream);
  CHECK(upstream.reset_by_handler() == 0);
  CHECK(upstream.function().resets() == 0);
  CHECK(upstream.broke(untouched));
  CHECK_FALSE(upstream.function().blocked());
}

TEST_CASE("7.1: success of a handler ends the walk, whatever became of its FLR", "[upstream]") {
  Upstream upstream = handled(GENERATE(as<pci::Id>{}, intel_82599_vf_id, sm961_id, p3700_id, chelsio_id, hinic_vf_id));
  never_comes_back(upstream);
  CHECK(upstream.reset_by_handler(Nesting::chain) == 0);
  CHECK(resets(upstream.machine) == "flr");
}

// --- 82599 ---

TEST_CASE("7.1: 82599: a probe reports support without looking", "[upstream]") {
  Upstream upstream = handled(intel_82599_vf_id);
  upstream.function().tear_out();
  CHECK(upstream.probe(Subject::intel_82599_vf) == 0);
}

// --- Ivy Bridge graphics ---

TEST_CASE("7.1: ivy bridge: the panel stays on, it is reset all the same, and success is reported", "[upstream]") {
  Upstream upstream = handled(ivy_bridge_id);
  upstream.machine.strike({.kind = sim::FaultKind::firmware_silent});
  CHECK(upstream.reset_by_handler() == 0);
  CHECK(upstream.hardware.now_us() >= 10'000'000);
  CHECK(upstream.hardware.logged() == 1);
  CHECK(upstream.broke("the graphics engine was reset before its panel was off"));
}

TEST_CASE("7.1: ivy bridge: a probe reports support without looking", "[upstream]") {
  Upstream upstream = handled(ivy_bridge_id);
  upstream.function().tear_out();
  CHECK(upstream.probe(Subject::ivy_bridge_graphics) == 0);
}

TEST_CASE("7.1: ivy bridge: a failed map is a failure", "[upstream]") {
  Upstream upstream = handled(ivy_bridge_id);
  upstream.machine.strike({.kind = sim::FaultKind::map_fails});
  CHECK(upstream.reset_by_handler() == -ENOMEM);
  CHECK_FALSE(upstream.function().blocked());
}

// --- NVMe, disable before FLR ---

TEST_CASE("7.1: nvme disable: the controller stays ready, the FLR kills it, and success is reported", "[upstream]") {
  Upstream upstream = handled(sm961_id);
  upstream.machine.strike({.kind = sim::FaultKind::firmware_silent});
  CHECK(upstream.reset_by_handler() == 0);
  CHECK(upstream.hardware.logged() == 2);  // its own timeout, and that of the FLR
  CHECK(upstream.broke(unanswered));
}

TEST_CASE("7.1: nvme disable: a failed map says 'unsupported', and the walk goes on to a plain FLR", "[upstream]") {
  Upstream alone = handled(sm961_id);
  alone.machine.strike({.kind = sim::FaultKind::map_fails});
  CHECK(alone.reset_by_handler() == -ENOTTY);
  // Which kills the controller: it is still enabled. Its timeout says -ENOTTY too, and a bus reset brings it back.
  Upstream walked = handled(sm961_id);
  walked.machine.strike({.kind = sim::FaultKind::map_fails});
  CHECK(walked.reset_by_handler(Nesting::chain) == 0);
  CHECK(resets(walked.machine) == "flr bus");
}

TEST_CASE("7.1: nvme disable: memory decode stays on if FLR did not happen", "[upstream]") {
  std::vector<sim::Image> images = quirk_images(sm961_id);
  sim::detail::switch16(sim::ImageAccess::bytes(images.back()), pci::header::command, pci::command::memory_space,
                        false);
  Upstream upstream(Version::linux_7_1, images);
  REQUIRE_FALSE(memory_decode(upstream.function()));
  refuses_the_flr(upstream);
  CHECK(upstream.reset_by_handler() == 0);
  CHECK(memory_decode(upstream.function()));
}

TEST_CASE("7.1: nvme disable: a dead device is waited for for 128 s, and success is reported", "[upstream]") {
  Upstream upstream = handled(sm961_id);
  upstream.function().tear_out();
  CHECK(upstream.reset_by_handler() == 0);
  CHECK(upstream.hardware.now_us() >= 128'000'000);
}

TEST_CASE("7.1: nvme disable: another class is unsupported", "[upstream]") {
  std::vector<sim::Image> images = quirk_images(sm961_id);
  sim::Patch change;
  change.class_code = 0x010800;
  images.back() = sim::patch(images.back(), change);
  Upstream upstream(Version::linux_7_1, images);
  CHECK(upstream.probe(Subject::nvme_disable) == -ENOTTY);
  CHECK(upstream.reset_by_handler() == -ENOTTY);
}

// --- NVMe, 250 ms after FLR ---

TEST_CASE("7.1: nvme delay: without FLR it waits 250 ms for nothing, and success is reported", "[upstream]") {
  std::vector<sim::Image> images = quirk_images(p3700_id);
  sim::Patch change;
  change.flr = false;
  images.back() = sim::patch(images.back(), change);
  Upstream upstream(Version::linux_7_1, images);
  CHECK(upstream.probe(Subject::nvme_delay) == -ENOTTY);
  CHECK(upstream.reset_by_handler() == 0);
  CHECK(upstream.function().resets() == 0);
}

// --- Chelsio T4 ---

TEST_CASE("7.1: chelsio: a T4 without its bus mastering and MSI-X would hang; it is given both", "[upstream]") {
  Upstream upstream = handled(chelsio_id);
  REQUIRE(upstream.reset_by_handler() == 0);
  CHECK_FALSE(upstream.function().gone());
  CHECK(upstream.violations() == 0);
}

TEST_CASE("7.1: chelsio: Command and the BARs are what they were", "[upstream]") {
  Upstream upstream = handled(chelsio_id);
  const sim::ConfigSpace& config = upstream.function().config();
  const std::uint32_t command = config.read(pci::header::command, 2);
  const std::uint32_t bar = config.read(pci::header::bar + 4u, 4);
  REQUIRE(upstream.reset_by_handler() == 0);
  CHECK(config.read(pci::header::command, 2) == command);
  CHECK(config.read(pci::header::bar + 4u, 4) == bar);
}

TEST_CASE("7.1: chelsio: config that cannot be restored is success", "[upstream]") {
  Upstream upstream = handled(chelsio_id);
  upstream.machine.refuse_writes_to(upstream.function(), pci::header::bar + 4u);
  const std::uint32_t bar = upstream.function().config().read(pci::header::bar + 4u, 4);
  CHECK(upstream.reset_by_handler() == 0);
  CHECK(upstream.function().config().read(pci::header::bar + 4u, 4) != bar);
}

TEST_CASE("7.1: chelsio: another chip is unsupported", "[upstream]") {
  std::vector<sim::Image> images = quirk_images(chelsio_id);
  sim::Patch change;
  change.id = pci::Id{0x1425, 0x5401};
  images.back() = sim::patch(images.back(), change);
  Upstream upstream(Version::linux_7_1, images);
  CHECK(upstream.probe(Subject::chelsio_t4) == -ENOTTY);
  CHECK(upstream.reset_by_handler() == -ENOTTY);
}

// --- HiNIC ---

TEST_CASE("7.1: hinic: the firmware never answers, and success is reported", "[upstream]") {
  Upstream upstream = handled(hinic_vf_id);
  upstream.machine.strike({.kind = sim::FaultKind::firmware_silent});
  CHECK(upstream.reset_by_handler() == 0);
  CHECK(upstream.hardware.now_us() >= 15'000'000);
  CHECK(upstream.hardware.logged() == 1);
  CHECK(upstream.broke("the firmware has not acknowledged the FLR"));
  CHECK_FALSE(upstream.function().blocked());
}

TEST_CASE("7.1: hinic: a probe reports support without looking", "[upstream]") {
  Upstream upstream = handled(hinic_vf_id);
  upstream.function().tear_out();
  CHECK(upstream.probe(Subject::hinic_vf) == 0);
}

TEST_CASE("7.1: hinic: a failed map says 'unsupported', and the walk goes on to an FLR without the firmware",
          "[upstream]") {
  Upstream alone = handled(hinic_vf_id);
  alone.machine.strike({.kind = sim::FaultKind::map_fails});
  CHECK(alone.reset_by_handler() == -ENOTTY);
  Upstream walked = handled(hinic_vf_id);
  walked.machine.strike({.kind = sim::FaultKind::map_fails});
  CHECK(walked.reset_by_handler(Nesting::chain) == 0);
  CHECK(resets(walked.machine) == "flr");
}

TEST_CASE("7.1: hinic: firmware without FLR is unsupported at the reset, after a probe that said yes", "[upstream]") {
  std::vector<sim::Image> images = quirk_images(hinic_vf_id);
  images.back().behaviour.firmware.hinic_flr_capable = false;
  Upstream upstream(Version::linux_7_1, images);
  CHECK(upstream.probe(Subject::hinic_vf) == 0);
  CHECK(upstream.reset_by_handler() == -ENOTTY);
  CHECK(count(upstream.machine.fabric, sim::EventKind::unmap) == 1);
}

TEST_CASE("7.1: hinic: all ones of a dead device are taken for the capability, and success is reported", "[upstream]") {
  Upstream upstream = handled(hinic_vf_id);
  upstream.function().tear_out();
  CHECK(upstream.reset_by_handler() == 0);
}

TEST_CASE("7.1: hinic: an acknowledgement after 14 s is waited for", "[upstream]") {
  Upstream upstream = handled(hinic_vf_id);
  upstream.machine.strike({.kind = sim::FaultKind::firmware_late, .length = 14s});
  CHECK(upstream.reset_by_handler() == 0);
  CHECK(upstream.violations() == 0);
}
