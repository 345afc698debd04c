// What the command lines of the example programs have in common. Apart from the programs' options, so that CLI11 is
// parsed where it is used.
#pragma once

#include <string>
#include <string_view>
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

// Text that was not written here (a file's name), as a terminal may have it: control characters, bytes that are not
// UTF-8, and the backslash that begins such an escape, are escaped as in C. The only place where that is done.
std::string printable(std::string_view text);

// One line on stderr, printable.
void say(const char* program, const std::string& what);

// The same: what is wrong, and how to mend it. Returns bad_input.
int complain(const char* program, const std::string& what);

// What: writes out what is left of stdout, at a program's end.
// Returns: `status`; bad_input instead of all_well if some of the output is lost, and a line on stderr says so.
int written(const char* program, int status);

// Reads the command line into the options of `app`, which has the program's name. Returns whether the program goes on;
// if not, help was printed or an error reported, and `status` is its exit status.
bool read(CLI::App& app, int argc, char** argv, const std::string& help, int& status);

}  // namespace command_line
