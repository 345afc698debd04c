// RULE: A handler's verdict has at least one `ResetStep`.
// ENFORCED: compile
// SAYS: reset_guard: this handler's verdict resets nothing: it needs evidence of at least one ResetStep
// WHY: A firmware that answers is no reset.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr, Firmware> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope));
  RESET_GUARD_TRY(auto awake, Firmware::run(scope));
  return rg::join(std::move(flr), std::move(awake));
}
#else
rg::Verdict<Firmware> handler(Scope& scope) {
  RESET_GUARD_TRY(auto awake, Firmware::run(scope));
  return awake;
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
