// RULE: A function that returns a result says `RESET_GUARD_MUST_USE`.
// ENFORCED: not
// ENFORCED clang: compile
// OK PRINTS: io, DMA is blocked
// SAYS: verified, DMA goes through
// SAYS clang: invalid invocation of method '~Result' on a temporary object while it is in the 'unknown' state
// WHY: Without it g++ lets a cast to void silence `[[nodiscard]]`. A plain Status has passed through no scope, so the
// ledger does not know it either.
#include "device.hpp"

#ifdef OK
RESET_GUARD_MUST_USE rg::Status save_config(Nic& nic) { return load_firmware(nic); }

rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_CHECK(save_config(scope.device()));
  return BusReset::run(scope);
}
#else
rg::Status save_config(Nic& nic) { return load_firmware(nic); }

rg::Verdict<BusReset> handler(Scope& scope) {
  (void)save_config(scope.device());
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.firmware_answers = false;
  show(nic, rg::reset(nic, handler));
}
