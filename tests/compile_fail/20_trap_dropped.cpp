// HOLE 20: in a container, with RESET_GUARD_TRAP_DROPPED
// RUN: a failure that nobody looked at: timed_out, from: attempt
// CONTROL: went on
// FLAGS: -DRESET_GUARD_TRAP_DROPPED
#include <vector>

#include "device.hpp"

extern "C" [[noreturn]] void exit(int);

static void says(const char* rule) noexcept {
  puts(rule);
  exit(0);
}

int main() {
  rg::set_trap_handler(says);
  Device device;
  {
    std::vector<rg::Status> results;
    results.push_back(attempt(device));
    results.push_back(rg::ok());
    for (rg::Status& result : results) static_cast<void>(&result);  // BAD
    // GOOD: for (rg::Status& result : results) RESET_GUARD_MOVE(result).discard("a control");
  }
  puts("went on");
}
