// The entry point of upstream/, its names, what of a reset is in the simulation's log, and that the library is not in
// it.
#include <filesystem>
#include <fstream>
#include <set>

#include "upstream_machine.hpp"

namespace fs = std::filesystem;

TEST_CASE("upstream: versions, subjects and nestings are found by their names", "[upstream]") {
  for (const Version version : upstream::versions) {
    CHECK(upstream::version_by_name(to_string(version)) == version);
  }
  for (const Subject subject : upstream::subjects) {
    CHECK(upstream::subject_by_name(to_string(subject)) == subject);
  }
  for (const Nesting nesting : upstream::nestings) {
    CHECK(upstream::nesting_by_name(to_string(nesting)) == nesting);
  }
  CHECK_FALSE(upstream::subject_by_name("device_specific").has_value());
}

TEST_CASE("upstream: every simulated device of its quirk table has a handler, and every handler a device",
          "[upstream]") {
  std::set<Subject> handlers;
  sim::InputError why;
  for (const sim::QuirkDevice& device : value_of(sim::quirk_devices(given_images(), why))) {
    const pci::Id id = device.images.back().id();
    const auto handler = upstream::handler_of(id);
    INFO(device.entry.device);
    REQUIRE(handler.has_value() == (id.vendor != 0x17cb));  // proposed, and not in Linux
    if (!handler) continue;
    handlers.insert(*handler);
  }
  CHECK(handlers.size() == 6);
  for (const Subject subject : upstream::subjects) CHECK(handlers.count(subject) == is_handler(subject));
  CHECK_FALSE(upstream::handler_of(nvme_id).has_value());
}

TEST_CASE("upstream: a method under device_specific is the one combination without a meaning", "[upstream]") {
  CHECK_FALSE(fits(Subject::flr, Nesting::device_specific));
  CHECK(fits(Subject::hinic_vf, Nesting::device_specific));
  Upstream upstream(Version::linux_7_1, nvme_images());
  CHECK(upstream.reset(Subject::flr, Nesting::device_specific) == -EINVAL);
  CHECK(upstream.function().resets() == 0);
}

TEST_CASE("upstream: one reset by version, subject and nesting", "[upstream]") {
  Machine machine = quirk_machine(hinic_vf_id);
  upstream::SimulatedHardware hardware(machine.function);
  CHECK(upstream::reset(Version::linux_7_1, Subject::hinic_vf, Nesting::device_specific, hardware) == 0);
  CHECK(machine.function.resets() == 1);
}

// --- the log ---

TEST_CASE("upstream: each pair is a scope in the log, and no scope stays open", "[upstream]") {
  const Version version = GENERATE(from_range(upstream::versions));
  const Nesting nesting = GENERATE(from_range(upstream::nestings));
  Upstream upstream(version, quirk_images(GENERATE(as<pci::Id>{}, hinic_vf_id, ivy_bridge_id, sm961_id)));
  if (GENERATE(false, true)) upstream.machine.strike({.kind = sim::FaultKind::never_ready});
  upstream.reset_by_handler(nesting);
  unsigned open = 0;
  for (const sim::Event& event : upstream.machine.events()) {
    if (is_trace(event, rg::TraceKind::entered)) CHECK(event.depth == ++open);
    if (is_trace(event, rg::TraceKind::finished)) CHECK(event.depth == open--);
  }
  CHECK(open == 0);
  CHECK(upstream.hardware.depth() == 0);
}

TEST_CASE("upstream: events know how many pairs are open", "[upstream]") {
  Upstream upstream(Version::linux_7_1, quirk_images(hinic_vf_id));
  REQUIRE(upstream.reset_by_handler() == 0);
  const auto& events = upstream.machine.events();
  const auto depth_at = [&](sim::EventKind kind) { return events[position_of(upstream.machine, kind)].depth; };
  CHECK(depth_at(sim::EventKind::prepare) == 1);
  CHECK(depth_at(sim::EventKind::map) == 1);
  CHECK(depth_at(sim::EventKind::reset) == 2);
  CHECK(depth_at(sim::EventKind::unmap) == 1);
  CHECK(depth_at(sim::EventKind::done) == 0);
}

TEST_CASE("upstream: the pairs have the names of their methods", "[upstream]") {
  Upstream upstream(Version::linux_7_1, quirk_images(hinic_vf_id));
  REQUIRE(upstream.reset_by_handler(Nesting::outer_scope) == 0);
  Texts names;
  for (const sim::Event& event : upstream.machine.events()) {
    if (is_trace(event, rg::TraceKind::entered)) names.emplace_back(event.step);
  }
  CHECK(names == Texts{"outer scope", "device_specific", "flr"});
}

TEST_CASE("upstream: afterwards the function's depth is that of the library again", "[upstream]") {
  Machine machine = nvme_machine();
  {
    upstream::SimulatedHardware hardware(machine.function);
  }
  CHECK(said(methods::Flr::run(machine.function)) == "verified");
  CHECK(deepest(machine) == 2);  // FLR, and the wait in it
}

// --- the library is not in it ---

namespace {

// The files that a file includes, those of the standard library and of the system left out.
std::vector<std::string> included_by(const fs::path& file) {
  std::ifstream in(file);
  REQUIRE(in.is_open());
  std::vector<std::string> names;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("#include ", 0) != 0) continue;
    const std::string name = line.substr(10, line.find_first_of("\">", 10) - 10);
    if (line[9] == '"' || name.find('/') != std::string::npos) names.push_back(name);
  }
  return names;
}

void collect(const fs::path& examples, const fs::path& file, std::set<fs::path>& seen) {
  if (!seen.insert(fs::weakly_canonical(file)).second) return;
  for (const std::string& name : included_by(file)) {
    INFO(file << " includes " << name);
    CHECK(name.rfind("reset_guard", 0) != 0);
    const fs::path beside = file.parent_path() / name;
    const fs::path below = examples / name;
    const bool known = fs::exists(beside) || fs::exists(below);
    CHECK(known);
    if (known) collect(examples, fs::exists(beside) ? beside : below, seen);
  }
}

}  // namespace

TEST_CASE("upstream: no handler includes the library, nor a file that does", "[upstream]") {
  const fs::path examples = fs::path(RESET_GUARD_DATA_DIR).parent_path();
  std::set<fs::path> seen;
  unsigned files = 0;
  for (const auto& entry : fs::directory_iterator(examples / "upstream")) {
    if (entry.path().filename() == "simulated_hardware.hpp") continue;  // the simulation beneath them does
    ++files;
    collect(examples, entry.path(), seen);
  }
  CHECK(files >= 20);
  CHECK(seen.size() > files);  // the register names, at least
}
