// The two waits around a reset: before it, for transactions under way; after it, for the function to answer.
#pragma once

#include <cerrno>
#include <cstdint>

#include "function.hpp"

namespace upstream {

inline constexpr unsigned longest_recovery_ms = 65'000;
inline constexpr unsigned longest_recovery_after_bus_reset_ms = 1'000;

// Looks at once, and 100, 300 and 700 ms later. A reset goes on without.
// Source: pci_wait_for_pending() of Linux.
inline bool no_transaction_pending(Function& function, unsigned offset, std::uint16_t mask) {
  constexpr unsigned pauses_ms[] = {100, 200, 400};
  for (const unsigned pause : pauses_ms) {
    if ((read16(function.hardware, offset) & mask) == 0) return true;
    function.hardware.sleep_ms(pause);
  }
  return (read16(function.hardware, offset) & mask) == 0;
}

// Upstream's fault: a function that does not come back is -ENOTTY, as one that offers no such reset is, and the walk
// over the methods goes on past a reset that was tried and failed.
// Source: pci_dev_wait() of Linux.
inline int wait_until_ready(Function& function, const char* who, unsigned give_up_ms = longest_recovery_ms) {
  unsigned waited = 0;
  while (!answers(function.hardware)) {
    if (waited >= give_up_ms) {
      function.hardware.logs(who, "not ready after the reset", -ENOTTY);
      return -ENOTTY;
    }
    const unsigned pause = waited + 1;  // 1, 2, 4, ... ms
    function.hardware.sleep_ms(pause);
    waited += pause;
  }
  return 0;
}

}  // namespace upstream
