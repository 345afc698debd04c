// The command line of reset_tool.
#pragma once

#include <optional>
#include <string>

#include "pci/method_selection.hpp"
#include "shared/command_line.hpp"
#include "sim/behaviour.hpp"

namespace program {

struct Options {
  std::string input;  // a file or a folder; empty: the given functions and one device per quirk entry
  bool list = false;  // methods only, no reset
  bool json = false;
  bool verbose = false;                // each function's reasons and its reset, also where there are several
  std::optional<std::string> method;   // reset by this one, not through the chain
  std::optional<std::string> methods;  // what --methods said
  pci::MethodSelection selection;      // the same, read: the chain's methods and their order
  std::optional<std::string> fail;     // inject this fault
  sim::Platform platform;              // what the simulated platform offers for each function, beyond its own

  friend bool operator==(const Options&, const Options&) = default;
};

// Exit statuses.
using command_line::all_well;             // every reset was verified, or its function offers no method
inline constexpr int a_reset_failed = 1;  // or a rule was violated, and the report says which
using command_line::bad_input;

// Reads the command line of `simulate`, or of `list`, without the verb. Returns the options; or, when there is nothing
// more to do (help was printed, an error was reported), the exit status through `status`.
std::optional<Options> parse(int argc, char** argv, bool list, int& status);

// As command_line::complain(), with the program's name.
int complain(const std::string& what);

}  // namespace program
