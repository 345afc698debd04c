// The user chooses: one method, several in an order, or what the platform offers.
#include "replay.hpp"

using namespace program_test;

// --- one method ------------------------------------------------------------------------------------------------------

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
  CHECK(deepest == 2);  // the method, and the wait in it
}

// --- the chosen methods, and the platform ----------------------------------------------------------------------------

TEST_CASE("program: --methods, the first of them that is supported is used", "[program]") {
  CHECK(reset_of({given_path(net_name), "--methods", "bus flr"})["method"] == "bus");
  CHECK(reset_of({given_path(net_name), "--methods", "af_flr pm bus"})["method"] == "pm");
}
TEST_CASE("program: --methods default is as without it", "[program]") {
  CHECK(run({"--methods", "default", "--verbose"}).out == run({"--verbose"}).out);
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
