// RULE: `RESET_GUARD_CHECK` is for a Status.
// ENFORCED: compile
// SAYS: RESET_GUARD_CHECK needs a Status; for a Result<T> with a value use RESET_GUARD_TRY
// WHY: The value would be dropped, and of a verdict it is what the success is made of.
#include "device.hpp"

#ifdef OK
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_TRY([[maybe_unused]] auto awake, Firmware::run(scope));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_CHECK(Firmware::run(scope));
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
