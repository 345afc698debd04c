// RULE: Finish a scope with an error, or with evidence of at least one `ResetStep`.
// WHY: As in a handler: an answer from the firmware is not a reset, and `ok()` is no evidence of one.
// ENFORCED: by types
#include "device.hpp"

// CASE: with a verdict that resets nothing
// MESSAGE: reset_guard: this verdict resets nothing: it needs evidence of at least one ResetStep
namespace scope_verdict {
#ifdef GOOD
rg::Verdict<Flr> wake_up(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  return scope.finish(Flr::run(scope));
}
#else
rg::Verdict<Firmware> wake_up(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  return scope.finish(Firmware::run(scope));
}
#endif

int main() {
  Nic nic;
  return exit_status(wake_up(nic));
}
}  // namespace scope_verdict

// CASE: with a Status
// MESSAGE g++: use of deleted function 'reset_guard::Status
//   reset_guard::OwnedScope<Device>::finish(reset_guard::Status)
// MESSAGE clang: call to deleted member function 'finish'
// MESSAGE clang 19: reset_guard: a Status says nothing about what was done; finish with a Verdict or an Error
namespace scope_finish_status {
#ifdef GOOD
rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  auto loaded = load_firmware(nic);
  if (loaded.failed()) return scope.finish(rg::Verdict<Flr>(std::move(loaded).error()));
  return scope.finish(Flr::run(scope));
}
#else
rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  return scope.finish(load_firmware(nic));
}
#endif

int main() {
  Nic nic;
  return exit_status(reset_by_hand(nic));
}
}  // namespace scope_finish_status

// CASE: with another step's verdict, a Status and a number
// MESSAGE: reset_guard: this verdict resets nothing | deleted | no matching
namespace finish_that_resets_nothing {
void other_step(Owned& scope) {
  scope.finish(FirmwareAck::wait(scope)).discard("a test");  // BAD
  // GOOD: scope.finish(BusReset::run(scope)).discard("a control");
}

void status(Owned& scope) {
  scope.finish(rg::ok()).discard("a test");  // BAD
  // GOOD: scope.finish(BusReset::run(scope)).discard("a control");
}

void number(Owned& scope) {
  scope.finish(0).discard("a test");  // BAD
  // GOOD: scope.finish(BusReset::run(scope)).discard("a control");
}
}  // namespace finish_that_resets_nothing
