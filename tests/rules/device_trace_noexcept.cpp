// RULE: Declare a trace hook as `void reset_trace(const TraceEvent&) noexcept`.
// WHY: It is called in the middle of a reset, where an exception would leave the state between two edges.
// ENFORCED: by types
// MESSAGE: reset_guard: the trace hook must be 'void reset_trace(const TraceEvent&) noexcept', and public
#include "device.hpp"

struct Card : Nic {
  unsigned events = 0;
#ifdef GOOD
  void reset_trace(const rg::TraceEvent&) noexcept { ++events; }
#else
  void reset_trace(const rg::TraceEvent&) { ++events; }
#endif
};

int main() {
  Card card;
  return exit_status(reset_once(card));
}
