// RULE: A scope is finished with a verdict, evidence or an error, not with a Status.
// ENFORCED: compile
// SAYS g++: use of deleted function 'reset_guard::Status reset_guard::OwnedScope<Device>::finish(reset_guard::Status)
// SAYS clang: call to deleted member function 'finish'
// SAYS clang 19: reset_guard: a Status says nothing about what was done; finish with a Verdict or an Error
// WHY: `ok()` is no evidence of a reset.
#include "device.hpp"

#ifdef OK
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
