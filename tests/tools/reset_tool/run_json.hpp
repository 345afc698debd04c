// The same for the tests that read JSON.
#pragma once

#include "run.hpp"

#include <nlohmann/json.hpp>

namespace program_test {

using Json = nlohmann::json;

// What it printed, as JSON.
inline Json json_of(const Ran& ran) {
  INFO(ran.err);
  REQUIRE(Json::accept(ran.out));
  return Json::parse(ran.out);
}
inline Json run_json(const Words& arguments) { return json_of(run(arguments + Words{"--json"})); }
inline Json list_json(const Words& arguments) { return run_json(Words{"list"} + arguments); }

// Copies: a loop over a part of a temporary would outlive it.
inline Json functions_of(const Json& report) { return report.at("functions"); }
inline Json reset_of(const Words& arguments) { return run_json(arguments).at("functions").at(0).at("reset"); }
inline Json events_of(const Words& arguments) { return reset_of(arguments).at("events"); }

// The function of a report with this address; null: there is none.
inline Json function_at(const Json& report, const std::string& address) {
  for (const Json& function : report.at("functions")) {
    if (function.at("address") == address) return function;
  }
  return nullptr;
}

// The fields of an object that are not there.
inline Words missing(const Json& object, const Words& fields) {
  Words absent;
  for (const std::string& field : fields) {
    if (!object.contains(field)) absent.push_back(field);
  }
  return absent;
}

// An option under which the step is on the way of at least one function.
inline Words occasion(const std::string& step) {
  if (step == "pm") return {"--method", "pm"};
  if (step == "bus") return {"--method", "bus"};
  if (step == "acpi") return {"--platform", "acpi"};
  if (step == "slot") return {"--platform", "slot", "--method", "bus"};
  if (step == "d3cold") return {"--platform", "power", "--method", "d3cold"};
  if (step == "platform" || step == "platform-nothing") return {"--platform", "acpi"};
  return {};
}

}  // namespace program_test
