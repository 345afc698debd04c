// RULE: A scope is finished once.
// ENFORCED: run
// OK PRINTS: verified, DMA goes through
// SAYS: out_of_order, DMA is blocked
// WHY: The first `finish()` ended it, whatever it answered. To try again, open another scope.
#include "device.hpp"

void plug_in(Nic& nic) { nic.flr_works = true; }

#ifdef OK
rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  scope.finish(Flr::run(scope)).discard("tried again below");
  plug_in(nic);
  RESET_GUARD_TRY(auto again, Owned::enter(nic));
  return again.finish(Flr::run(again));
}
#else
rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  scope.finish(Flr::run(scope)).discard("tried again below");
  plug_in(nic);
  return scope.finish(Flr::run(scope));
}
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  show(nic, reset_by_hand(nic));
}
