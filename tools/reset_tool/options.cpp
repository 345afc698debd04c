#include "options.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiment.hpp"
#include "shared/command_line.hpp"
#include "shared/style.hpp"

namespace program {
namespace {

using command_line::join;

constexpr std::size_t help_width = 80;

bool is_in(const std::string& word, const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// What --platform can name.
struct Offer {
  const char* name;
  bool sim::Platform::* member;
};
constexpr Offer offers[] = {
    {"acpi", &sim::Platform::acpi_reset},
    {"power", &sim::Platform::power_control},
    {"slot", &sim::Platform::slot_reset},
};

std::vector<std::string> platform_names() {
  std::vector<std::string> names;
  for (const Offer& each : offers) names.emplace_back(each.name);
  return names;
}

// Returns whether there is such an offer.
bool offer(sim::Platform& platform, const std::string& name) {
  for (const Offer& each : offers) {
    if (name != each.name) continue;
    platform.*each.member = true;
    return true;
  }
  return false;
}

// One paragraph of help: a name, and a text in a column of its own.
std::string help_item(const std::string& name, const std::string& text) {
  constexpr std::size_t column = 20;  // two spaces after the longest name
  std::string result, before = "  " + name + std::string(column - 2 - name.size(), ' ');
  for (const std::string& line : wrapped(text, help_width - column)) {
    result += before + line + "\n";
    before.assign(column, ' ');
  }
  return result;
}

std::string help() {
  return "Usage: reset_tool [simulate|list] [INPUT] [OPTION...]\n"
         "       reset_tool show FUNCTION|FILE [OPTION...]\n"
         "       reset_tool reset FUNCTION [OPTION...]\n"
         "Reads PCI config spaces, says which reset methods each function supports, and\n"
         "resets a simulation of it. Prints a line for each function; of a single one, or\n"
         "with --verbose, also the reasons and the reset, on a virtual time line.\n"
         "examples/run.sh builds the program and passes it all that follows.\n\n" +
         help_item("simulate", "resets a simulation of each function; what happens without a verb") +
         help_item("list", "the methods only: nothing is reset") +
         help_item("show", "what a reset of one function needs to know of it; show --help says more") +
         help_item("reset", "resets a function of this machine, for real; reset --help says more") + "\n" +
         help_item("INPUT",
                   "a config-space file, a folder of them, or a tree like /sys/bus/pci/devices, which is only read. "
                   "Without it: the given functions, and one simulated device for each entry of the quirk table") +
         help_item("--method NAME", "reset by this method alone: " + join(method_names())) +
         help_item("--methods NAMES",
                   "reset by these alone, in this order, as Linux's file reset_method takes them: 'bus flr'; "
                   "'default' is all of them, '' none. Those that a function does not support are passed over") +
         help_item("--platform NAMES", "what the simulated platform offers for each function: " +
                                           join(platform_names()) + ", any of them, separated by spaces") +
         help_item("--fail STEP", "make a step fail, or inject a fault, in each reset: " + join(fault_names())) +
         help_item("--verbose", "the reasons and the reset of each function, also where there are several") +
         help_item("--json", "print JSON, which tools/reset_tool/json.md describes") +
         help_item("--campaign", "another program: every handler with every fault; --campaign --help says more") +
         help_item("--stepper", "another program: a page that plays resets step by step; --stepper --help says more") +
         help_item("--version", "print the version") + help_item("--help", "print this") +
         "\nExit status: 0 no reset failed, 1 one did or broke a rule, 2 the input or an\n"
         "option is wrong.\n";
}

}  // namespace

int complain(const std::string& what) { return command_line::complain("reset_tool", what); }

std::optional<Options> parse(int argc, char** argv, bool list, int& status) {
  Options options;
  options.list = list;
  std::vector<std::string> inputs;
  CLI::App app("", "reset_tool");
  app.add_option("INPUT", inputs);
  app.add_option("--method", options.method)->type_name("NAME");
  app.add_option("--methods", options.methods)->type_name("NAMES");
  std::optional<std::string> platform;
  app.add_option("--platform", platform)->type_name("NAMES");
  app.add_option("--fail", options.fail)->type_name("STEP");
  app.add_flag("--verbose", options.verbose);
  app.add_flag("--json", options.json);
  const auto refuse = [&status](const std::string& what) {
    status = complain(what);
    return std::nullopt;
  };
  if (!command_line::read(app, argc, argv, help(), status)) return std::nullopt;
  if (inputs.size() > 1) return refuse("'" + inputs[1] + "': one file or folder at a time");
  if (!inputs.empty()) options.input = inputs.front();
  if (!inputs.empty() && options.input.empty()) return refuse("the name of the file or folder is empty");
  if (options.method && !is_in(*options.method, method_names())) {
    return refuse("--method " + *options.method + ": no such method; there are: " + join(method_names()));
  }
  if (options.method && options.methods) return refuse("--method and --methods: one of the two");
  if (options.methods) {
    std::string_view bad;
    auto selection = pci::MethodSelection::parse(*options.methods, bad);
    if (selection.failed()) {
      std::move(selection).discard("what was wrong is in `bad`");
      return refuse("--methods: no such method: '" + std::string(bad) + "'; there are: " + join(method_names()) +
                    ", separated by spaces, or 'default'");
    }
    options.selection = std::move(selection).take();
  }
  if (platform) {
    std::istringstream words(*platform);
    for (std::string word; words >> word;) {
      if (!offer(options.platform, word)) {
        return refuse("--platform: there is no '" + word + "'; there are: " + join(platform_names()));
      }
    }
  }
  if (options.fail && !is_in(*options.fail, fault_names())) {
    return refuse("--fail " + *options.fail + ": no such step; there are: " + join(fault_names()));
  }
  if (options.list && (options.method || options.methods || options.fail)) {
    return refuse("list resets nothing: leave out --method, --methods and --fail");
  }
  return options;
}

}  // namespace program
