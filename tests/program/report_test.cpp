// What reset_tool reports of the given functions, of the simulated ones, and of what was injected.
#include "replay.hpp"

#include <map>

using namespace program_test;

namespace {

const Json& default_report() {
  static const Json report = run_json({});
  return report;
}

// The counts in the text's last line, by name.
std::map<std::string, int> counts_of(const std::string& line) {
  std::map<std::string, int> counts;
  std::istringstream stream(line);
  std::string word;
  stream >> word;
  if (word != "result:") return counts;
  while (stream >> word) {
    const auto equals = word.find('=');
    if (equals != std::string::npos) counts[word.substr(0, equals)] = std::stoi(word.substr(equals + 1));
  }
  return counts;
}

std::map<std::string, int> counts_of(const Json& result) {
  return {{"functions", result.at("functions")},
          {"verified", result.at("verified")},
          {"unsupported", result.at("unsupported")},
          {"failed", result.at("failed")},
          {"violations", result.at("violations")}};
}

// The same, counted from what is said of each function.
std::map<std::string, int> counted(const Json& report) {
  std::map<std::string, int> counts{
      {"functions", 0}, {"verified", 0}, {"unsupported", 0}, {"failed", 0}, {"violations", 0}};
  for (const Json& function : report.at("functions")) {
    ++counts["functions"];
    ++counts[function.at("reset").at("answer")];
    counts["violations"] += static_cast<int>(function.at("reset").at("violations").size());
  }
  return counts;
}

// The fields of an object that are not there.
Words missing(const Json& object, const Words& fields) {
  Words absent;
  for (const std::string& field : fields) {
    if (!object.contains(field)) absent.push_back(field);
  }
  return absent;
}

// What a fault led to, of each function in which it struck: "" if that is right.
std::string fault_of_failure(const Json& reset) {
  if (!reset.at("fault_struck")) return reset.at("answer") == "failed" ? "failed without a fault" : "";
  if (reset.at("answer") != "failed") return "not reported: " + reset.at("answer").get<std::string>();
  if (!reset.at("blocked")) return "not blocked";
  if (!reset.at("quarantined")) return "not quarantined";
  return "";
}

// An option under which the step is on the way of at least one function.
Words occasion(const std::string& step) {
  if (step == "pm") return {"--method", "pm"};
  if (step == "bus") return {"--method", "bus"};
  if (step == "acpi") return {"--platform", "acpi"};
  if (step == "slot") return {"--platform", "slot", "--method", "bus"};
  return {};
}

bool any_struck(const Json& report) {
  for (const Json& function : report.at("functions")) {
    if (function.at("reset").at("fault_struck") == true) return true;
  }
  return false;
}

}  // namespace

// --- methods ----------------------------------------------------------------------------------------------------------

TEST_CASE("program: the methods of each given function are the kernel's reset_method", "[program]") {
  const Json report = list_json({RESET_GUARD_DATA_DIR});
  const std::map<std::string, Json> expected{{"0000:00:01.0", Json::array()},        {"0000:00:02.0", Json::array()},
                                             {"0000:00:07.0", Json::array()},        {"0000:01:00.0", {"flr", "bus"}},
                                             {"0000:02:00.0", {"flr", "pm", "bus"}}, {"0000:34:00.0", Json::array()},
                                             {"0000:35:00.0", {"bus", "cxl_bus"}}};
  std::map<std::string, Json> found;
  for (const Json& function : report["functions"]) found[function["address"]] = function["methods"];
  CHECK(found == expected);
}
TEST_CASE("program: --list says the same methods as --list --json", "[program]") {
  Words in_text, in_json;
  for (const std::string& line : lines_of(run({"--list"}).out)) {
    if (line.rfind("  methods  ", 0) == 0) in_text.push_back(line.substr(11));
  }
  for (const Json& function : functions_of(list_json({}))) {
    std::string names;
    for (const Json& name : function["methods"]) names += (names.empty() ? "" : " ") + name.get<std::string>();
    in_json.push_back(names.empty() ? "none" : names);
  }
  CHECK(in_text == in_json);
}
TEST_CASE("program: each method is supported, or the reason why not is given", "[program]") {
  Words without;
  for (const Json& function : functions_of(list_json({}))) {
    const Words methods = function["methods"];
    for (const std::string& name : all_methods) {
      const bool offered = std::find(methods.begin(), methods.end(), name) != methods.end();
      if (offered == function["refused"].contains(name))
        without.push_back(function["address"].get<std::string>() + name);
    }
  }
  CHECK(without == Words{});
}
TEST_CASE("program: --list resets nothing", "[program]") {
  CHECK_FALSE(list_json({})["functions"][3].contains("reset"));
}
TEST_CASE("program: --list --json names its schema", "[program]") {
  const Json report = list_json({});
  CHECK((report["schema"] == "reset_guard.methods" && report["version"] == 1));
}
TEST_CASE("program: --list --json has each field of a function", "[program]") {
  CHECK(missing(list_json({})["functions"][0], {"file", "address", "ids", "vendor", "device", "class", "name",
                                                "virtual_function", "patched", "methods", "maybe", "refused"}) ==
        Words{});
}
TEST_CASE("program: --help names each option", "[program]") {
  const std::string help = run({"--help"}).out;
  Words absent;
  for (const std::string option :
       {"INPUT", "--list", "--method NAME", "--methods", "--platform", "--fail", "--json", "--help", "Exit status"}) {
    if (!contains(help, option)) absent.push_back(option);
  }
  CHECK(absent == Words{});
}
TEST_CASE("program: --help parts each option from its text", "[program]") {
  std::istringstream help(run({"--help"}).out);
  Words joined;
  for (std::string line; std::getline(help, line);) {
    if (line.rfind("  --", 0) == 0 && line.find("  ", 2) == std::string::npos) joined.push_back(line);
  }
  CHECK(joined == Words{});
}
TEST_CASE("program: --help names each method, step and fault", "[program]") {
  const std::string help = run({"--help"}).out;
  Words absent;
  for (const std::string& name : all_methods + all_steps + all_faults) {
    if (!contains(help, name)) absent.push_back(name);
  }
  CHECK(absent == Words{});
}

// --- the default run --------------------------------------------------------------------------------------------------

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

// --- the trace --------------------------------------------------------------------------------------------------------

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
  const std::string page = text_of(fs::path(RESET_GUARD_DATA_DIR) / "../program/json.md");
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
  const std::string page = text_of(fs::path(RESET_GUARD_DATA_DIR) / "../program/json.md");
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
TEST_CASE("program: cxl_bus is one prepare and one done around three scopes", "[program]") {
  unsigned prepared = 0, done = 0, deepest = 0;
  for (const Json& event : events_of({given_path(cxl_name)})) {
    prepared += event["kind"] == "prepare";
    done += event["kind"] == "done";
    deepest = std::max(deepest, event["depth"].get<unsigned>());
  }
  CHECK((prepared == 1 && done == 1 && deepest == 3));
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

// --- one method -------------------------------------------------------------------------------------------------------

TEST_CASE("program: --method, for each method and each given function: verified where supported", "[program]") {
  const Json listed = list_json({RESET_GUARD_DATA_DIR});
  Words wrong;
  for (const std::string& name : all_methods) {
    const Json report = run_json({RESET_GUARD_DATA_DIR, "--method", name});
    for (const Json& function : report["functions"]) {
      const Words methods = function_at(listed, function["address"])["methods"];
      const bool offered = std::find(methods.begin(), methods.end(), name) != methods.end();
      // The CXL port masks a plain bus reset: the method is offered, and only trying it tells.
      const bool masked = name == "bus" && function["address"] == "0000:35:00.0";
      const std::string expected = offered && !masked ? "verified" : "unsupported";
      if (function["reset"]["answer"] != expected) {
        wrong.push_back(name + " " + function["address"].get<std::string>());
      }
    }
  }
  CHECK(wrong == Words{});
}
TEST_CASE("program: --method, for each method on the given functions: exit status 0", "[program]") {
  Words wrong;
  for (const std::string& name : all_methods) {
    if (run({RESET_GUARD_DATA_DIR, "--method", name}).status != 0) wrong.push_back(name);
  }
  CHECK(wrong == Words{});
}
TEST_CASE("program: --method names the method that worked", "[program]") {
  CHECK(reset_of({given_path(net_name), "--method", "pm"})["method"] == "pm");
}
TEST_CASE("program: --method opens no scope around its method's", "[program]") {
  unsigned deepest = 0;
  for (const Json& event : events_of({given_path(net_name), "--method", "pm"})) {
    deepest = std::max(deepest, event["depth"].get<unsigned>());
  }
  CHECK(deepest == 1);
}

// --- the chosen methods, and the platform ----------------------------------------------------------------------------

TEST_CASE("program: --methods, the first of them that is supported is used", "[program]") {
  CHECK(reset_of({given_path(net_name), "--methods", "bus flr"})["method"] == "bus");
  CHECK(reset_of({given_path(net_name), "--methods", "af_flr pm bus"})["method"] == "pm");
}
TEST_CASE("program: --methods default is as without it", "[program]") {
  CHECK(run({"--methods", "default"}).out == run({}).out);
}
TEST_CASE("program: --methods with nothing: unsupported, and no hook is called", "[program]") {
  const Json reset = reset_of({given_path(net_name), "--methods", ""});
  CHECK((reset["answer"] == "unsupported" && reset["attempted"] == false));
}
TEST_CASE("program: --methods with nothing that the function supports: unsupported", "[program]") {
  CHECK(reset_of({given_path(nvme_name), "--methods", "pm af_flr"})["answer"] == "unsupported");
}
TEST_CASE("program: --methods does not change what is listed", "[program]") {
  const Json report = run_json({given_path(net_name), "--methods", "bus"});
  CHECK(report["functions"][0]["methods"] == Json({"flr", "pm", "bus"}));
}
TEST_CASE("program: --methods is in the JSON as it was said", "[program]") {
  CHECK(run_json({given_path(net_name), "--methods", "bus flr"})["selection"] == "bus flr");
  CHECK(run_json({given_path(net_name)})["selection"].is_null());
}
TEST_CASE("program: --methods with a fault: the chosen method fails, and no other is tried", "[program]") {
  const Json reset = reset_of({given_path(net_name), "--methods", "bus flr", "--fail", "bus"});
  CHECK((reset["answer"] == "failed" && reset["failed_step"] == "bus"));
}
TEST_CASE("program: --platform, each offer brings its method", "[program]") {
  const auto listed = [](const std::string& offer) {
    return list_json({given_path(nvme_name), "--platform", offer})["functions"][0]["methods"];
  };
  CHECK(listed("acpi") == Json({"acpi", "flr", "bus"}));
  CHECK(listed("power") == Json({"flr", "bus", "d3cold"}));
  CHECK(listed("slot") == Json({"flr", "bus"}));
  CHECK(listed("slot power acpi") == Json({"acpi", "flr", "bus", "d3cold"}));
}
TEST_CASE("program: --platform slot: bus is the slot's reset", "[program]") {
  bool called = false;
  for (const Json& event : events_of({given_path(nvme_name), "--platform", "slot", "--method", "bus"})) {
    called |= event["kind"] == "platform" && event["call"] == "slot reset" && event["error"].is_null();
  }
  CHECK(called);
}
TEST_CASE("program: with all of the platform, each method's run is verified and breaks no rule", "[program]") {
  for (const std::string name : {"acpi", "bus", "d3cold"}) {
    const Json report = run_json({given_path(nvme_name), "--platform", "acpi power slot", "--method", name});
    CHECK((report["result"]["verified"] == 1 && report["result"]["violations"] == 0));
  }
}
TEST_CASE("program: a replay of the platform's methods is consistent", "[program]") {
  for (const std::string name : {"acpi", "bus", "d3cold"}) {
    CHECK(faults_of_replay(run_json({"--platform", "acpi power slot", "--method", name})) == Words{});
  }
}

// --- faults -----------------------------------------------------------------------------------------------------------

TEST_CASE("program: --fail, each step: reported, blocked and quarantined wherever it strikes", "[program]") {
  Words wrong;
  for (const std::string& step : all_steps) {
    for (const Json& function : functions_of(run_json(Words{"--fail", step} + occasion(step)))) {
      const std::string fault = fault_of_failure(function["reset"]);
      if (!fault.empty()) wrong.push_back(step + " " + function["ids"].get<std::string>() + ": " + fault);
    }
  }
  CHECK(wrong == Words{});
}
TEST_CASE("program: --fail, each step but af_flr has an occasion to strike", "[program]") {
  Words without;
  for (const std::string& step : all_steps) {
    if (!any_struck(run_json(Words{"--fail", step} + occasion(step)))) without.push_back(step);
  }
  CHECK(without == Words{"af_flr"});
}
TEST_CASE("program: --fail, each step: the step itself is named", "[program]") {
  Words wrong;
  for (const std::string& step : all_steps) {
    for (const Json& function : functions_of(run_json(Words{"--fail", step} + occasion(step)))) {
      const Json& reset = function["reset"];
      if (reset["answer"] == "failed" && reset["failed_step"] != step) wrong.push_back(step + reset["error"].dump());
    }
  }
  CHECK(wrong == Words{});
}
TEST_CASE("program: --fail, each fault has an occasion to strike", "[program]") {
  Words without;
  for (const std::string& fault : all_faults) {
    if (!any_struck(run_json({"--fail", fault}))) without.push_back(fault);
  }
  CHECK(without == Words{});
}
TEST_CASE("program: --fail, each fault: the text says of it what --json says", "[program]") {
  Words wrong;
  for (const std::string& fault : all_faults) {
    const std::string text = run({"--fail", fault}).out;
    for (const Json& function : functions_of(run_json({"--fail", fault}))) {
      for (const Json& event : function["reset"]["events"]) {
        if (event["kind"] != "fault") continue;
        const std::string sentence = event["sentence"];
        if (!contains(text, "FAULT INJECTED (" + fault + "): " + sentence)) wrong.push_back(fault + ": " + sentence);
      }
    }
  }
  CHECK(wrong == Words{});
}
TEST_CASE("program: --fail, each fault: no rule is broken", "[program]") {
  Words broken;
  for (const std::string& fault : all_faults + all_steps) {
    if (run_json({"--fail", fault})["result"]["violations"] != 0) broken.push_back(fault);
  }
  CHECK(broken == Words{});
}
TEST_CASE("program: --fail, each step and fault: exit status 1 if a reset failed, otherwise 0", "[program]") {
  Words wrong;
  for (const std::string& fault : all_steps + all_faults) {
    const Ran ran = run({"--fail", fault});
    if (ran.status != (counts_of(last_line(ran.out))["failed"] != 0 ? 1 : 0)) wrong.push_back(fault);
  }
  CHECK(wrong == Words{});
}
TEST_CASE("program: --fail: what is not struck is as if there were no fault", "[program]") {
  CHECK(run_json({given_path(nvme_name), "--fail", "firmware_ack"})["functions"][0]["reset"]["events"] ==
        run_json({given_path(nvme_name)})["functions"][0]["reset"]["events"]);
}
TEST_CASE("program: --fail: one function's fault does not reach another's reset", "[program]") {
  // The ports above them are reset first, each with the fault that it leaves the bus.
  const Json report = run_json({RESET_GUARD_DATA_DIR, "--fail", "gone-and-back"});
  CHECK(function_at(report, "0000:01:00.0")["reset"]["answer"] == "verified");
}
TEST_CASE("program: --fail cxl_bus: the port's unmask bit is put back", "[program]") {
  int unmasked = -1;
  for (const Json& event : events_of({given_path(cxl_name), "--fail", "bus"})) {
    if (event["kind"] == "config_write" && event["register"]["name"] == "CXL Port Control") {
      unmasked = event["after"].get<int>() & 1;
    }
  }
  CHECK(unmasked == 0);
}
TEST_CASE("program: --method flr kills the NVMe controller that has to be disabled first: a failure", "[program]") {
  Json answer;
  for (const Json& function : functions_of(run_json({"--method", "flr"}))) {
    if (function["ids"] == "144d:a804") answer = function["reset"]["answer"];
  }
  CHECK(answer == "failed");
}
