// A fault is injected: what is reported of it.
#include "replay.hpp"

using namespace program_test;

namespace {

// What a fault led to, of each function in which it struck: "" if that is right.
std::string fault_of_failure(const Json& reset) {
  if (!reset.at("fault_struck")) return reset.at("answer") == "failed" ? "failed without a fault" : "";
  if (reset.at("answer") != "failed") return "not reported: " + reset.at("answer").get<std::string>();
  if (!reset.at("blocked")) return "not blocked";
  if (!reset.at("quarantined")) return "not quarantined";
  return "";
}

bool any_struck(const Json& report) {
  for (const Json& function : report.at("functions")) {
    if (function.at("reset").at("fault_struck") == true) return true;
  }
  return false;
}

// The lines of a text that was wrapped as one, without the bars of the tree.
std::string without_breaks(const std::string& text) {
  std::string joined;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '|';
    if (!blank || joined.empty() || joined.back() != ' ') joined += blank ? ' ' : c;
  }
  return joined;
}

}  // namespace

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
    if (!any_struck(run_json(Words{"--fail", fault} + occasion(fault)))) without.push_back(fault);
  }
  CHECK(without == Words{});
}
TEST_CASE("program: --fail, each fault: the text says of it what --json says", "[program]") {
  Words wrong;
  for (const std::string& fault : all_faults) {
    const std::string text = without_breaks(run({"--fail", fault, "--verbose"}).out);
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
