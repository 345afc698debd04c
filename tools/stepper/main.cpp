// write_stepper: runs the scenarios, and writes the page that plays them.
#include <CLI/CLI.hpp>

#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>

#include "page.hpp"
#include "shared/command_line.hpp"
#include "traces.hpp"

namespace {

const char* const help =
    "Usage: examples/run.sh --stepper [FILE]\n"
    "Writes a page of HTML that plays resets step by step, upstream's beside\n"
    "reset_guard: the call tree, the depth, whether the device is blocked, and the\n"
    "registers that changed. It is one file that needs nothing else: open it in a\n"
    "browser.\n\n"
    "  FILE      where it is written (default: build/stepper/stepper.html)\n"
    "  --help    print this\n\n"
    "Exit status: 0 it is written, 2 an option is wrong or the file cannot be written.\n";

void write(const std::string& name) {
  const std::string text = stepper::page(RESET_GUARD_STEPPER_DIR, stepper::traces());
  std::ofstream file(name, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error(name + ": cannot be written");
}

int run(int argc, char** argv) {
  std::string name;
  CLI::App app("", "write_stepper");
  app.add_option("FILE", name);
  int status = command_line::all_well;
  if (!command_line::read(app, argc, argv, help, status)) return status;
  if (name.empty()) return command_line::complain("write_stepper", "where to? FILE is missing (--help says more)");
  write(name);
  return command_line::all_well;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return command_line::written("write_stepper", run(argc, argv));
  } catch (const std::exception& error) {
    return command_line::complain("write_stepper", error.what());
  }
}
