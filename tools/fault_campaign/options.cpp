#include "options.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "shared/command_line.hpp"

namespace campaign {
namespace {

using command_line::join;

const char* const help =
    "Usage: examples/run.sh --campaign [OPTION...]\n"
    "Runs every reset handler and method, alone and nested, with every fault in every\n"
    "operation of its simulated device, and with pairs of faults; then says which\n"
    "answers the state of the device bears out, and which not.\n\n"
    "  --pairs N        so many pairs of faults for each variant, all different\n"
    "                   (default: 100000)\n"
    "  --seed N         which pairs are chosen, from 1 on (default: 1)\n"
    "  --all-pairs      all pairs that there are\n"
    "  --subject NAME   this handler or method alone, in all its nestings; a name that\n"
    "                   does not exist lists them\n"
    "  --variant NAME   one variant alone: reset_guard, linux_7_0, march_2026,\n"
    "                   linux_7_1, quarantine\n"
    "  --verbose        each handler and method in each nesting, and examples\n"
    "  --json FILE      write JSON, which tools/fault_campaign/json.md describes\n"
    "  --page FILE      write a page of HTML\n"
    "  --help           print this\n\n"
    "Exit status: 0 every answer of reset_guard was honest, 1 one was not, 2 an option\n"
    "is wrong or a file cannot be written.\n";

std::optional<Variant> variant_by_name(const std::string& name) {
  for (std::size_t i = 0; i != variant_count; ++i) {
    if (name == identifier(static_cast<Variant>(i))) return static_cast<Variant>(i);
  }
  return std::nullopt;
}

std::string variant_names() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i != variant_count; ++i) names.emplace_back(identifier(static_cast<Variant>(i)));
  return join(names);
}

}  // namespace

int complain(const std::string& what) { return command_line::complain("fault_campaign", what); }

std::optional<Options> parse(int argc, char** argv, const std::vector<std::string>& subjects, int& status) {
  Options options;
  std::optional<std::string> variant;
  CLI::App app("", "fault_campaign");
  CLI::Option* pairs = app.add_option("--pairs", options.pairs)->type_name("N");
  CLI::Option* seed = app.add_option("--seed", options.seed)->type_name("N");
  app.add_flag("--all-pairs", options.all_pairs);
  app.add_option("--subject", options.subject)->type_name("NAME");
  app.add_option("--variant", variant)->type_name("NAME");
  app.add_flag("--verbose", options.verbose);
  app.add_option("--json", options.json)->type_name("FILE");
  app.add_option("--page", options.page)->type_name("FILE");
  const auto refuse = [&status](const std::string& what) {
    status = complain(what);
    return std::nullopt;
  };
  if (!command_line::read(app, argc, argv, help, status)) return std::nullopt;
  if (options.seed == 0) return refuse("--seed 0: seeds begin with 1");
  if (options.all_pairs && (*pairs || *seed)) return refuse("--all-pairs chooses none: leave out --pairs and --seed");
  if (options.subject && std::find(subjects.begin(), subjects.end(), *options.subject) == subjects.end()) {
    return refuse("--subject " + *options.subject + ": no such handler or method; there are: " + join(subjects));
  }
  if (variant) {
    options.variant = variant_by_name(*variant);
    if (!options.variant) return refuse("--variant " + *variant + ": no such variant; there are: " + variant_names());
  }
  return options;
}

}  // namespace campaign
