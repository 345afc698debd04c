// The stepper's traces, and its page as a text: what is in it, and what must not be in it. How it looks and works is
// the browser's test.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>

#include "../../unit/catch.hpp"
#include "../reset_tool/replay.hpp"
#include "fault_campaign/page_parts.hpp"
#include "sim/faults.hpp"
#include "stepper/page.hpp"
#include "stepper/scenarios.hpp"
#include "stepper/traces.hpp"

namespace {

namespace files = std::filesystem;
using program::Json;

const Json& traces() {
  static const Json all = stepper::traces();
  return all;
}

const Json& run_of(const Json& scenario, const std::string& variant) {
  for (const Json& run : scenario.at("runs")) {
    if (run.at("variant") == variant) return run;
  }
  throw std::runtime_error("no run of " + variant);
}

bool has(const Json& run, const char* finding) {
  const Json& findings = run.at("findings");
  return std::find(findings.begin(), findings.end(), finding) != findings.end();
}

std::string text_of(const files::path& name) {
  std::ifstream file(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

// A template of one file, with one script.
class Folder {
 public:
  explicit Folder(const std::string& script) {
    files::create_directories(path);
    std::ofstream(path / "stepper.html") << "<script type=\"application/json\" id=\"traces\"></script>\n"
                                            "<script src=\"one.js\"></script>\n";
    std::ofstream(path / "one.js") << script;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { files::remove_all(path); }

  // Several suites may be tested at once.
  const files::path path = files::temp_directory_path() / ("reset_guard_stepper_test." + std::to_string(::getpid()));
};

}  // namespace

TEST_CASE("stepper: reset_guard is honest in every scenario, and the version that is shown beside it is there") {
  REQUIRE(traces().at("schema") == "reset_guard.stepper");
  REQUIRE(traces().at("scenarios").size() == stepper::scenarios().size());
  for (const Json& scenario : traces().at("scenarios")) {
    CAPTURE(scenario.at("title"));
    CHECK(run_of(scenario, "reset_guard").at("findings") == Json({"honest"}));
    CHECK(scenario.at("runs").size() == campaign::variant_count);
    CHECK(scenario.at("runs").back().at("variant") == "reset_guard");
    CHECK_FALSE(has(run_of(scenario, scenario.at("first")), "honest"));
  }
}

TEST_CASE("stepper: reset_guard's traces can be replayed as those of reset_tool") {
  for (const Json& scenario : traces().at("scenarios")) {
    CAPTURE(scenario.at("title"));
    const program_test::Replay replay(nlohmann::json::parse(run_of(scenario, "reset_guard").dump()));
    CHECK(replay.faults() == program_test::Words());
  }
}

TEST_CASE("stepper: between them the scenarios show what the versions get wrong, and that some do not") {
  std::set<std::string> found, first;
  for (const Json& scenario : traces().at("scenarios")) {
    first.insert(scenario.at("first"));
    for (const Json& run : scenario.at("runs")) {
      if (run.at("variant") != "reset_guard") found.insert(run.at("findings").begin(), run.at("findings").end());
    }
  }
  CHECK(first == std::set<std::string>{"linux_7_0", "march_2026", "linux_7_1", "quarantine"});
  for (const char* finding : {"false_success", "unblocked_on_failure", "unfenced_work", "stuck", "honest"}) {
    CAPTURE(finding);
    CHECK(found.count(finding) == 1);
  }
}

TEST_CASE("stepper: of the single faults of its game none makes reset_guard report a success that was none") {
  std::size_t runs = 0;
  for (const Json& device : traces().at("single_faults").at("devices")) {
    const std::size_t last = device.at("versions").size() - 1;
    REQUIRE(device.at("versions").at(last).at("variant") == "reset_guard");
    for (const Json& place : device.at("places")) {
      for (const Json& fault : place.at("faults")) {
        CAPTURE(device.at("title"), place.at("name"), fault.at("fault"));
        const Json& outcome = device.at("outcomes").at(fault.at("runs").at(last).get<std::size_t>());
        CHECK_FALSE(has(outcome, "false_success"));
        ++runs;
      }
    }
  }
  CHECK(runs > 300);
}

TEST_CASE("stepper: its game can be won against each of upstream's versions, by a fault that strikes") {
  std::set<std::string> fooled;
  for (const Json& device : traces().at("single_faults").at("devices")) {
    for (const Json& place : device.at("places")) {
      for (const Json& fault : place.at("faults")) {
        for (std::size_t i = 0; i != device.at("versions").size(); ++i) {
          const Json& outcome = device.at("outcomes").at(fault.at("runs").at(i).get<std::size_t>());
          if (outcome.at("missed") == false && has(outcome, "false_success")) {
            fooled.insert(device.at("versions").at(i).at("variant").get<std::string>());
          }
        }
      }
    }
  }
  CHECK(fooled == std::set<std::string>{"linux_7_0", "march_2026", "linux_7_1", "quarantine"});
}

TEST_CASE("stepper: a single fault of its game ends as the campaign's run of it") {
  // The first write of the HiNIC handler, as a scenario stages it.
  const Json& scenario = traces().at("scenarios").at(3);
  REQUIRE(scenario.at("title") == "The firmware never answers");
  const Json& device = traces().at("single_faults").at("devices").at(0);
  std::size_t compared = 0;
  for (const Json& place : device.at("places")) {
    if (place.at("operation") != "mmio_write" || place.at("which") != "only") continue;
    for (const Json& fault : place.at("faults")) {
      if (fault.at("fault") != "firmware-silent") continue;
      for (std::size_t i = 0; i != device.at("versions").size(); ++i) {
        const Json& run = run_of(scenario, device.at("versions").at(i).at("variant"));
        const Json& outcome = device.at("outcomes").at(fault.at("runs").at(i).get<std::size_t>());
        CAPTURE(run.at("variant"));
        CHECK(outcome.at("findings") == run.at("findings"));
        CHECK(outcome.at("reset").at("answer") == run.at("reset").at("answer"));
        ++compared;
      }
    }
  }
  CHECK(compared == campaign::variant_count);
}

TEST_CASE("stepper: a single fault of its game strikes in the operation that was chosen") {
  // A prepare that fails fails the reset; in any other operation this fault has nothing to strike.
  const Json& device = traces().at("single_faults").at("devices").at(0);
  const Json& place = device.at("places").at(0);
  REQUIRE(place.at("operation") == "prepare");
  REQUIRE(place.at("faults").at(0).at("fault") == "prepare");
  for (const Json& number : place.at("faults").at(0).at("runs")) {
    CHECK(device.at("outcomes").at(number.get<std::size_t>()).at("reset").at("answer") == "failed");
  }
}

TEST_CASE("stepper: what a fault does is said by the trace, and by no word of the page's own") {
  const std::string page = stepper::page(RESET_GUARD_STEPPER_DIR, Json::object());
  for (const sim::FaultName& fault : sim::fault_names) {
    CAPTURE(fault.name);
    CHECK(count(page, fault.sentence) == 0);
  }
  std::size_t struck = 0;
  for (const Json& scenario : traces().at("scenarios")) {
    for (const Json& run : scenario.at("runs")) {
      for (const Json& event : run.at("reset").at("events")) {
        if (event.at("kind") != "fault") continue;
        CHECK(event.at("sentence") == sim::fault_sentence(event.at("text").get<std::string>()));
        ++struck;
      }
    }
  }
  CHECK(struck > 20);
}

TEST_CASE("stepper: blocked and open fence have the colours of the campaign's page and of the lessons' pictures") {
  const std::string style = text_of(files::path(RESET_GUARD_STEPPER_DIR) / "stepper.css");
  const std::string lessons = text_of(files::path(RESET_GUARD_STEPPER_DIR) / "../../../tests/docs/pictures.py");
  const std::string campaigns(campaign::page_style());
  for (const char* colour : {"#0969da", "#cf222e", "#4493f8", "#ff7b72"}) {
    CAPTURE(colour);
    CHECK(count(style, colour) == 1);
    CHECK(count(campaigns, colour) == 1);
    CHECK(count(lessons, colour) == 1);
  }
}

TEST_CASE("stepper: prepare points up and done down, as in the campaign's page") {
  const std::string script = text_of(files::path(RESET_GUARD_STEPPER_DIR) / "picture.js");
  const std::string figure = campaign::comparison_figure({}, 0);
  // From the base, left to right, to the tip: up is less.
  CHECK(count(script, "prepare: {size: 14, path: 'M-5 4H5L0 -5Z'") == 1);
  CHECK(count(script, "done: {size: 14, path: 'M-5 -4H5L0 5Z'") == 1);
  CHECK(count(figure, "class=\"prepare\" d=\"M12 18h12l-6 -12z\"") == 1);
  CHECK(count(figure, "class=\"done\" d=\"M12 6h12l-6 12z\"") == 1);
}

TEST_CASE("stepper: the page is one file, with all scripts, and fetches nothing") {
  const std::string page = stepper::page(RESET_GUARD_STEPPER_DIR, traces());
  CHECK(count(page, " src=") == 0);
  CHECK(count(page, "<link") == 0);
  CHECK(count(page, "http://") == count(page, "http://www.w3.org/2000/svg"));
  CHECK(count(page, "https://") == 0);
  CHECK(count(page, "<script") == count(page, "</script>"));
  CHECK(count(page, "class Stepper") == 1);
}

TEST_CASE("stepper: text in a trace cannot end its script") {
  const Folder folder("const one = 1;\n");
  const Json hostile = {{"title", "</script><script>alert(1)</script><!-- & \" '"}};
  const std::string page = stepper::page(folder.path, hostile);
  CHECK(count(page, "</script>") == 2);
  CHECK(count(page, "<!--") == 0);
  const std::size_t begin = page.find('{'), end = page.find('}');
  CHECK(Json::parse(page.substr(begin, end + 1 - begin)) == hostile);
}

TEST_CASE("stepper: a script that would end too soon is refused") {
  for (const char* script : {"'</script>'", "'<!--'", "'</style>'", ""}) {
    CAPTURE(script);
    const Folder folder(script);
    CHECK_THROWS_AS(stepper::page(folder.path, Json::object()), std::runtime_error);
  }
}

TEST_CASE("stepper: a file that is missing is named") {
  const Folder folder("const one = 1;\n");
  files::remove(folder.path / "one.js");
  CHECK_THROWS_WITH(stepper::page(folder.path, Json::object()), "one.js: cannot be read");
}
