// RULE: The strings that the library is given live for ever.
// ENFORCED: not
// OK PRINTS: queue
// WHY: An error is 16 bytes and keeps a pointer, in the quarantine's reason for as long as the device is there. That
// goes for a step's `name`, a method's, `Probe::why` and the step of `poll_until()`, too.
#include "device.hpp"

#include <string>

#ifdef OK
rg::Error no_answer(int queue) { return rg::Error(rg::Errc::timed_out, queue, "queue"); }
#else
rg::Error no_answer(int queue) {
  const std::string name = "queue " + std::to_string(queue);
  return rg::Error(rg::Errc::timed_out, queue, name.c_str());
}
#endif

int main() { std::puts(no_answer(3).step); }
