// write_stepper: runs the scenarios, and writes the page that plays them.
#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>

#include "page.hpp"
#include "traces.hpp"

namespace {

constexpr int written = 0, bad_input = 2;

const char* const help =
    "Usage: examples/run.sh --stepper [FILE]\n"
    "Writes a page of HTML that plays resets step by step, upstream's beside ours: the call tree, the depth, whether "
    "the\n"
    "device is blocked, and the registers that changed. It is one file that needs nothing else: open it in a "
    "browser.\n\n"
    "  FILE      where it is written (default: build/stepper/stepper.html)\n"
    "  --help    print this\n\n"
    "Exit status: 0 it is written, 2 an option is wrong or the file cannot be written.\n";

int complain(const std::string& what) {
  std::fprintf(stderr, "write_stepper: %s\n", what.c_str());
  return bad_input;
}

void write(const std::string& name) {
  const std::string text = stepper::page(RESET_GUARD_STEPPER_DIR, stepper::traces());
  std::ofstream file(name, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error(name + ": cannot be written");
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i != argc; ++i) {
    if (std::strcmp(argv[i], "--help") != 0 && std::strcmp(argv[i], "-h") != 0) continue;
    std::fputs(help, stdout);
    return written;
  }
  if (argc != 2) return complain("one FILE, please (--help says more)");
  const std::string name = argv[1];
  if (name.empty() || name.front() == '-') return complain("no such option: " + name + " (--help lists them)");
  try {
    write(name);
  } catch (const std::exception& error) {
    return complain(error.what());
  }
  return written;
}
