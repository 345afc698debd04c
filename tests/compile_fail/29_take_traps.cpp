// HOLE 29: a release build strips no check: take() on a failure
// RUN: take() on a failure: ask failed() first, or use RESET_GUARD_TRY
// CONTROL: went on
// FLAGS: -O2 -DNDEBUG
#include "device.hpp"

extern "C" [[noreturn]] void exit(int);

static void says(const char* rule) noexcept {
  puts(rule);
  exit(0);
}

int main() {
  rg::set_trap_handler(says);
  Device device;
  rg::Result<int> number = rg::Error(rg::Errc::io, -5, "a test");
  if (RESET_GUARD_MOVE(number).take() == 7) return 1;  // BAD
  // GOOD: RESET_GUARD_MOVE(number).discard("a control");
  puts("went on");
}
