// The command line of fault_campaign.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report.hpp"

namespace campaign {

struct Options {
  std::uint64_t pairs = 100000;
  std::uint64_t seed = 1;
  bool all_pairs = false;
  std::optional<std::string> json;  // a file to write
  std::optional<std::string> page;
  std::optional<std::string> subject;  // this one alone
  std::optional<Variant> variant;
};

// Exit statuses.
inline constexpr int all_honest = 0;
inline constexpr int ours_has_findings = 1;
inline constexpr int bad_input = 2;  // one line on stderr says what

// Reads the command line. `subjects`: the names that there are. Returns the options; or, when there is nothing more to
// do (help was printed, an error was reported), the exit status through `status`.
std::optional<Options> parse(int argc, char** argv, const std::vector<std::string>& subjects, int& status);

// One line on stderr: what is wrong, and how to mend it. Returns bad_input.
int complain(const std::string& what);

}  // namespace campaign
