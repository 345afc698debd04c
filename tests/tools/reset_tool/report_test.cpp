// What reset_tool reports of the resets of the simulated functions: counts, fields, and each trace.
#include "replay.hpp"

#include <map>

using namespace program_test;

namespace {

const Json& default_report() {
  static const Json report = run_json({});
  return report;
}

std::map<std::string, int> counts_of(const Json& result) {
  return {{"functions", result.at("functions")}, {"verified", result.at("verified")},
          {"claimed", result.at("claimed")},     {"unsupported", result.at("unsupported")},
          {"failed", result.at("failed")},       {"violations", result.at("violations")}};
}

// The same, counted from what is said of each function.
std::map<std::string, int> counted(const Json& report) {
  std::map<std::string, int> counts{{"functions", 0},   {"verified", 0}, {"claimed", 0},
                                    {"unsupported", 0}, {"failed", 0},   {"violations", 0}};
  for (const Json& function : report.at("functions")) {
    ++counts["functions"];
    ++counts[function.at("reset").at("answer")];
    counts["violations"] += static_cast<int>(function.at("reset").at("violations").size());
  }
  return counts;
}

}  // namespace

// --- the default run -------------------------------------------------------------------------------------------------

TEST_CASE("program: the default run has 19 functions", "[program]") {
  CHECK(default_report()["result"]["functions"] == 19);
}
TEST_CASE("program: the default run has no failure", "[program]") { CHECK(default_report()["result"]["failed"] == 0); }
TEST_CASE("program: the default run breaks no rule", "[program]") {
  CHECK(default_report()["result"]["violations"] == 0);
}
TEST_CASE("program: the default run exits with 0", "[program]") { CHECK(run({}).status == 0); }
TEST_CASE("program: the default run resets each entry of the quirk table by its handler", "[program]") {
  std::map<std::string, std::string> methods;
  for (const Json& function : functions_of(default_report())) {
    if (function["patched"]) methods[function["ids"]] = function["reset"]["method"];
  }
  std::map<std::string, std::string> expected;
  for (const std::string ids : {"8086:10ed", "8086:0156", "8086:0166", "144d:a804", "8086:0953", "8086:0a54",
                                "025e:f1ac", "1425:4401", "19e5:375e", "17cb:1103", "17cb:1107", "17cb:0308"}) {
    expected[ids] = "device_specific";
  }
  CHECK(methods == expected);
}
TEST_CASE("program: the default run names files, not where they lie", "[program]") {
  Words paths;
  for (const Json& function : functions_of(default_report())) {
    if (contains(function["file"], "/")) paths.push_back(function["file"]);
  }
  CHECK(paths == Words{});
}
TEST_CASE("program: the last line's counts are the JSON's", "[program]") {
  CHECK(counts_of(last_line(run({}).out)) == counts_of(default_report()["result"]));
}
TEST_CASE("program: the last line's counts are the JSON's also when something failed", "[program]") {
  CHECK(counts_of(last_line(run({"--fail", "gone-and-back"}).out)) ==
        counts_of(run_json({"--fail", "gone-and-back"})["result"]));
}
TEST_CASE("program: the counts are those of the functions", "[program]") {
  const Json report = run_json({"--fail", "gone-and-back"});
  CHECK(counted(report) == counts_of(report["result"]));
}

// --- the trace -------------------------------------------------------------------------------------------------------

TEST_CASE("program: --json names its schema", "[program]") {
  CHECK((default_report()["schema"] == "reset_guard.trace" && default_report()["version"] == 1));
}
TEST_CASE("program: --json has each field of the report", "[program]") {
  CHECK(missing(default_report(), {"schema", "version", "method", "selection", "fail", "functions", "result"}) ==
        Words{});
}
TEST_CASE("program: --json has each field of a reset", "[program]") {
  Words absent;
  for (const Json& function : functions_of(default_report())) {
    absent = absent + missing(function["reset"],
                              {"answer", "method", "error", "failed_step", "return_error", "attempted", "blocked",
                               "quarantined", "fault_struck", "duration_us", "events", "violations"});
  }
  CHECK(absent == Words{});
}
TEST_CASE("program: --json has each field of each event", "[program]") {
  const std::map<std::string, Words> fields{{"config_read", {"register", "before", "after"}},
                                            {"mmio_read", {"register", "before", "after"}},
                                            {"config_write", {"register", "before", "written", "after"}},
                                            {"mmio_write", {"register", "before", "written", "after"}},
                                            {"write_lost", {"register", "before", "written", "after"}},
                                            {"map", {"bar"}},
                                            {"unmap", {"bar"}},
                                            {"platform", {"call", "error"}},
                                            {"sleep", {"length_us"}},
                                            {"prepare", {"error"}},
                                            {"done", {"outcome", "error"}},
                                            {"reset", {"text"}},
                                            {"reset_ignored", {"text"}},
                                            {"fault", {"text", "name", "sentence"}},
                                            {"violation", {"text"}},
                                            {"trace", {"trace", "step", "error"}}};
  Words absent;
  for (const std::string fault : {"gone-and-back", "done", "prepare"}) {
    for (const Json& function : functions_of(run_json({"--fail", fault}))) {
      for (const Json& event : function["reset"]["events"]) {
        absent = absent + missing(event, {"time_us", "function", "kind", "depth", "blocked"});
        const auto more = fields.find(event["kind"]);
        if (more != fields.end()) absent = absent + missing(event, more->second);
        if (event.contains("register")) absent = absent + missing(event["register"], {"offset", "name", "width"});
      }
    }
  }
  CHECK(absent == Words{});
}
TEST_CASE("program: json.md describes each kind of event", "[program]") {
  const std::string page = text_of(fs::path(RESET_GUARD_DATA_DIR) / "../../tools/reset_tool/json.md");
  Words absent;
  for (const std::string kind :
       {"config_read", "config_write", "mmio_read", "mmio_write",    "map",           "unmap",
        "sleep",       "prepare",      "done",      "iommu_block",   "iommu_unblock", "iommu_fault",
        "dma",         "reset_held",   "reset",     "reset_ignored", "write_lost",    "returned",
        "trace",       "fault",        "violation", "platform",      "power_off"}) {
    if (!contains(page, "`" + kind + "`")) absent.push_back(kind);
  }
  CHECK(absent == Words{});
}
TEST_CASE("program: json.md describes each field that is printed", "[program]") {
  const std::string page = text_of(fs::path(RESET_GUARD_DATA_DIR) / "../../tools/reset_tool/json.md");
  Words absent;
  const auto look = [&](const Json& object, const auto& self) -> void {
    for (const auto& [name, value] : object.items()) {
      if (object.is_object() && !contains(page, "`" + name + "`")) absent.push_back(name);
      if (value.is_structured()) self(value, self);
    }
  };
  look(run_json({"--fail", "gone-and-back"}), look);
  CHECK(absent == Words{});
}
TEST_CASE("program: the FLR bit that was written is in the trace, although it reads back 0", "[program]") {
  bool found = false;
  for (const Json& event : events_of({given_path(nvme_name)})) {
    found |= event["kind"] == "config_write" && event["register"]["name"] == "Device Control" &&
             event["written"] == 0x8000 && event["after"] == 0;
  }
  CHECK(found);
}
TEST_CASE("program: a replay of the default run is consistent", "[program]") {
  CHECK(faults_of_replay(default_report()) == Words{});
}
TEST_CASE("program: a replay of each method's run is consistent", "[program]") {
  Words faults;
  for (const std::string& name : all_methods) faults = faults + faults_of_replay(run_json({"--method", name}));
  CHECK(faults == Words{});
}
TEST_CASE("program: a replay of each step's failure is consistent", "[program]") {
  Words faults;
  for (const std::string& name : all_steps) {
    faults = faults + faults_of_replay(run_json(Words{"--fail", name} + occasion(name)));
  }
  CHECK(faults == Words{});
}
TEST_CASE("program: a replay of each fault is consistent", "[program]") {
  Words faults;
  for (const std::string& name : all_faults) faults = faults + faults_of_replay(run_json({"--fail", name}));
  CHECK(faults == Words{});
}
TEST_CASE("program: cxl_bus is one prepare and one done around four scopes", "[program]") {
  unsigned prepared = 0, done = 0, deepest = 0;
  for (const Json& event : events_of({given_path(cxl_name)})) {
    prepared += event["kind"] == "prepare";
    done += event["kind"] == "done";
    deepest = std::max(deepest, event["depth"].get<unsigned>());
  }
  CHECK((prepared == 1 && done == 1 && deepest == 4));
}
TEST_CASE("program: hinic's done comes after the firmware's acknowledgement", "[program]") {
  int evidence = -1, done = -1, at = 0;
  for (const Json& function : functions_of(default_report())) {
    if (function["ids"] != "19e5:375e") continue;
    for (const Json& event : function["reset"]["events"]) {
      if (event["kind"] == "trace" && event["trace"] == "evidence" && event["step"] == "firmware_ack") evidence = at;
      if (event["kind"] == "done") done = at;
      ++at;
    }
  }
  CHECK((evidence >= 0 && evidence < done));
}
