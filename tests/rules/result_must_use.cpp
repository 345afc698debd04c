// RULE: Put `RESET_GUARD_MUST_USE` on a function that returns a result.
// WHY: Without it, a cast to void silences `[[nodiscard]]` in g++. A plain Status passes through no scope, so the
//   ledger does not have it either.
// ENFORCED: by strict (clang: typestate)
// LIMIT: g++ accepts the cast for a function without the attribute; `rules.py attributes` finds such functions in the
//   library and its programs.
// MESSAGE clang: invalid invocation of method '~Result' on a temporary object while it is in the 'unknown' state
// PRINTS: verified, DMA goes through
// GOOD PRINTS: io, DMA is blocked
#include "device.hpp"

#ifdef GOOD
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
