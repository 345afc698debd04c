// HOLE 36: the error of a success
// RUN: error() on a success: ask failed() first
// CONTROL: went on
#include "device.hpp"

extern "C" [[noreturn]] void exit(int);

static void says(const char* rule) noexcept {
  puts(rule);
  exit(0);
}

int main() {
  rg::set_trap_handler(says);
  Device device;
  device.error = rg::Errc{};
  if (attempt(device).error().native() == 7) return 1;  // BAD
  // GOOD: attempt(device).discard("a control");
  puts("went on");
}
