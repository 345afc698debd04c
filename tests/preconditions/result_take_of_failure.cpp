// RULE: `take()` is for a result that has not failed.
// ENFORCED: trap
// ENFORCED clang: compile
// OK PRINTS: 0 queues
// SAYS: take() on a failure: ask failed() first, or use RESET_GUARD_TRY
// SAYS clang: invalid invocation of method 'take' on a temporary object while it is in the 'unknown' state
// WHY: A failure has no value. The check is in every build.
#include "device.hpp"

rg::Result<int> count_queues(Nic&) { return rg::Error(rg::Errc::io, -5, "queues"); }

#ifdef OK
int queues_of(Nic& nic) {
  auto queues = count_queues(nic);
  if (!queues.failed()) return std::move(queues).take();
  std::move(queues).discard("one that does not answer has none");
  return 0;
}
#else
int queues_of(Nic& nic) {
  auto queues = count_queues(nic);
  return std::move(queues).take();
}
#endif

int main() {
  rg::set_trap_handler(print_the_rule);
  Nic nic;
  std::printf("%d queues\n", queues_of(nic));
}
