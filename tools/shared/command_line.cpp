#include "shared/command_line.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace command_line {

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

int complain(const char* program, const std::string& what) {
  // One line, whatever is in a file's name.
  std::string line = what;
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = '?';
  }
  std::fprintf(stderr, "%s: %s\n", program, line.c_str());
  return bad_input;
}

bool read(CLI::App& app, int argc, char** argv, const std::string& help, int& status) {
  try {
    app.parse(argc, argv);
    return true;
  } catch (const CLI::CallForHelp&) {
    std::fputs(help.c_str(), stdout);
    status = all_well;
  } catch (const CLI::ParseError& error) {
    status = complain(app.get_name().c_str(), error.what() + std::string(" (--help lists the options)"));
  }
  return false;
}

}  // namespace command_line
