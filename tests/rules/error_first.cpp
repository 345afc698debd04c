// RULE: Report the first error: `first_error(answer, clean_up)`.
// WHY: `RESET_GUARD_CHECK` on the clean-up returns the clean-up's error and hides the earlier one. (The error of a step
//   would be recorded, and reported all the same.)
// ENFORCED: by strict (clang: typestate)
// LIMIT: A plain Status passes through no scope, so the library cannot see at run time that it was dropped.
#include "device.hpp"

// CASE: a clean-up's error before it
// MESSAGE clang: invalid invocation of method '~Result' on object 'loaded' while it is in the 'unknown' state
// PRINTS: no_memory, and 0 later
// GOOD PRINTS: io, and 1 later
namespace failure_clean_up {
RESET_GUARD_MUST_USE rg::Status restore_config(Nic&) { return rg::Error(rg::Errc::no_memory, -12, "restore"); }

#ifdef GOOD
rg::Status load_and_restore(Nic& nic) {
  auto loaded = load_firmware(nic);
  return rg::first_error(std::move(loaded), restore_config(nic));
}
#else
rg::Status load_and_restore(Nic& nic) {
  auto loaded = load_firmware(nic);
  RESET_GUARD_CHECK(restore_config(nic));
  return loaded;
}
#endif

int main() {
  Nic nic;
  nic.firmware_answers = false;
  const rg::Error error = error_of(load_and_restore(nic));
  std::printf("%s, and %d later\n", to_string(error.code()), error.later_errors());
  return 0;
}
}  // namespace failure_clean_up

// CASE: two plain statuses
// ENFORCED: at run time
// PRINTS: timed_out 1
// GOOD PRINTS: io 0
namespace second_error {
static rg::Status clean_up() { return rg::Error(rg::Errc::io, -5, "clean-up"); }

static rg::Status join(Nic& nic) {
  auto first = attempt(nic);  // BAD
  // GOOD: auto first = rg::ok(); nic.dma_blocked = false;
  return rg::first_error(RESET_GUARD_MOVE(first), clean_up());
}

int main() {
  Nic nic;
  nic.firmware_answers = false;
  auto status = join(nic);
  if (!status.failed()) return 1;
  const rg::Error error = RESET_GUARD_MOVE(status).error();
  puts(rg::to_string(error.code()));
  puts(error.later_errors() == 1 ? "1" : "0");
  return 0;
}
}  // namespace second_error
