// RULE: A scope that has ended is not used any more.
// ENFORCED: run
// OK PRINTS: timed_out, DMA is blocked
// SAYS: out_of_order, DMA goes through
// WHY: `finish()`, `overrule()` and a step's `run()` refuse it (`out_of_order`). A step that is written by hand and fails
// through it, after the reset, is recorded nowhere.
#include "device.hpp"

rg::Verdict<Flr, Firmware> both_steps(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope));
  RESET_GUARD_TRY(auto awake, Firmware::run(scope));
  return rg::join(std::move(flr), std::move(awake));
}

#ifdef OK
rg::Verdict<Flr, Firmware> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  return scope.finish(both_steps(scope));
}
#else
rg::Verdict<Flr, Firmware> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  RESET_GUARD_TRY(auto flr, scope.finish(Flr::run(scope)));
  RESET_GUARD_TRY(auto awake, Firmware::run(scope));
  return rg::join(std::move(flr), std::move(awake));
}
#endif

int main() {
  Nic nic;
  nic.firmware_answers = false;
  show(nic, reset_by_hand(nic));
}
