// RULE: A clean-up's error goes second: `first_error(answer, clean_up)`.
// ENFORCED: not
// ENFORCED clang: compile
// OK PRINTS: io, and 1 later
// SAYS: no_memory, and 0 later
// SAYS clang: invalid invocation of method '~Result' on object 'loaded' while it is in the 'unknown' state
// WHY: `RESET_GUARD_CHECK` on the clean-up returns its error, and the one before it is hidden. (Of a step it would be
// in the ledger, and come out all the same.)
#include "device.hpp"

RESET_GUARD_MUST_USE rg::Status restore_config(Nic&) { return rg::Error(rg::Errc::no_memory, -12, "restore"); }

#ifdef OK
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
}
