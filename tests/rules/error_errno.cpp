// RULE: Turn an errno into an `Error`, not into the value of a `Result<int>`.
// WHY: Every int is a value, including one that is a failure in C.
// ENFORCED: by nobody
// LIMIT: Every int is a value, so the types cannot tell an errno from a count.
// PRINTS: -5 queues
// GOOD PRINTS: io
#include "device.hpp"

int count_in_c(Nic& nic) { return nic.firmware_answers ? 4 : -5; }

#ifdef GOOD
rg::Result<int> count_queues(Nic& nic) {
  const int count = count_in_c(nic);
  if (count < 0) return rg::Error(rg::Errc::io, count, "queues");
  return count;
}
#else
rg::Result<int> count_queues(Nic& nic) { return count_in_c(nic); }
#endif

int main() {
  Nic nic;
  nic.firmware_answers = false;
  auto queues = count_queues(nic);
  if (queues.failed()) return std::puts(to_string(std::move(queues).error().code())) < 0;
  std::printf("%d queues\n", std::move(queues).take());
}
