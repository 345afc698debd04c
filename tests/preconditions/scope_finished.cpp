// RULE: A scope ends by `finish()`.
// ENFORCED: run
// OK PRINTS: in use
// SAYS: quarantined: abandoned
// WHY: A scope that is merely left has failed: with the failure that was recorded inside it, or else as `abandoned`.
// That goes for an early return, too.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  return scope.finish(Flr::run(scope));
}
#else
rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  return Flr::run(scope);
}
#endif

int main() {
  Nic nic;
  reset_by_hand(nic).discard("the state says more");
  if (!nic.reset_state.quarantined()) return std::puts("in use") < 0;
  std::printf("quarantined: %s\n", to_string(nic.reset_state.quarantine_reason().code()));
}
