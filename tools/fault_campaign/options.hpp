// The command line of fault_campaign.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report.hpp"
#include "shared/command_line.hpp"

namespace campaign {

struct Options {
  std::uint64_t pairs = 100000;
  std::uint64_t seed = 1;
  bool all_pairs = false;
  bool verbose = false;
  std::optional<std::string> json;  // a file to write
  std::optional<std::string> page;
  std::optional<std::string> subject;  // this one alone
  std::optional<Variant> variant;
};

// Exit statuses.
inline constexpr int all_honest = command_line::all_well;
inline constexpr int reset_guard_has_findings = 1;
using command_line::bad_input;

// Reads the command line. `subjects`: the names that there are. Returns the options; or, when there is nothing more to
// do (help was printed, an error was reported), the exit status through `status`.
std::optional<Options> parse(int argc, char** argv, const std::vector<std::string>& subjects, int& status);

// As command_line::complain(), with the program's name.
int complain(const std::string& what);

}  // namespace campaign
