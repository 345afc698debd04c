// What the command lines of the example programs have in common. Apart from the programs' options, so that CLI11 is
// parsed where it is used.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace command_line {

// Exit statuses.
inline constexpr int all_well = 0;
inline constexpr int bad_input = 2;  // one line on stderr says what

// "a, b, c".
std::string join(const std::vector<std::string>& words);

// One line on stderr: what is wrong, and how to mend it. Returns bad_input.
int complain(const char* program, const std::string& what);

// Reads the command line into the options of `app`, which has the program's name. Returns whether the program goes on;
// if not, help was printed or an error reported, and `status` is its exit status.
bool read(CLI::App& app, int argc, char** argv, const std::string& help, int& status);

}  // namespace command_line
