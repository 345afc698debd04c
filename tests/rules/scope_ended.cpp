// RULE: Do not use a scope after its end, and finish it once.
// WHY: `finish()`, `overrule()` and a step's `run()` return `out_of_order`. To retry, open another scope. If a step
//   that is written by hand fails in an ended scope after the reset, the failure is not recorded.
// ENFORCED: at run time
#include "device.hpp"

// CASE: a step after the end
// PRINTS: out_of_order, DMA goes through
// GOOD PRINTS: timed_out, DMA is blocked
namespace scope_ended {
rg::Verdict<Flr, Firmware> both_steps(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope));
  RESET_GUARD_TRY(auto awake, Firmware::run(scope));
  return rg::join(std::move(flr), std::move(awake));
}

#ifdef GOOD
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
  return 0;
}
}  // namespace scope_ended

// CASE: a second finish()
// PRINTS: out_of_order, DMA is blocked
// GOOD PRINTS: verified, DMA goes through
namespace scope_once {
void plug_in(Nic& nic) { nic.flr_works = true; }

#ifdef GOOD
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
  return 0;
}
}  // namespace scope_once
