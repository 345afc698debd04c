// What reset_tool says of the given functions without resetting them, and of itself.
#include "run_json.hpp"

#include <map>

using namespace program_test;

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
TEST_CASE("program: list --verbose says the same methods as list --json", "[program]") {
  Words in_text, in_json;
  for (const std::string& line : lines_of(run({"list", "--verbose"}).out)) {
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
TEST_CASE("program: list resets nothing", "[program]") { CHECK_FALSE(list_json({})["functions"][3].contains("reset")); }
TEST_CASE("program: list --json names its schema", "[program]") {
  const Json report = list_json({});
  CHECK((report["schema"] == "reset_guard.methods" && report["version"] == 1));
}
TEST_CASE("program: list --json has each field of a function", "[program]") {
  CHECK(missing(list_json({})["functions"][0],
                {"file", "address", "ids", "vendor", "device", "class", "name", "virtual_function", "patched",
                 "methods", "maybe", "refused", "kernel"}) == Words{});
}
TEST_CASE("program: --help names each option", "[program]") {
  const std::string help = run({"--help"}).out;
  Words absent;
  for (const std::string option : {"INPUT", "list", "show", "reset", "--method NAME", "--methods", "--platform",
                                   "--fail", "--verbose", "--json", "--help", "Exit status"}) {
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
