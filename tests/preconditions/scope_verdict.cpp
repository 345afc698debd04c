// RULE: The verdict that finishes a scope has at least one `ResetStep`.
// ENFORCED: compile
// SAYS: reset_guard: this verdict resets nothing: it needs evidence of at least one ResetStep
// WHY: As for a handler: a firmware that answers is no reset.
#include "device.hpp"

#ifdef OK
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
