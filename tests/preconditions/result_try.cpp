// RULE: `RESET_GUARD_TRY` is for a result with a value.
// ENFORCED: compile
// SAYS: RESET_GUARD_TRY needs a Result<T>; for a Status use RESET_GUARD_CHECK
// WHY: It declares a variable for the value, and a Status has none.
#include "device.hpp"

#ifdef OK
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_CHECK(load_firmware(scope.device()));
  RESET_GUARD_TRY(auto reset, BusReset::run(scope));
  return reset;
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_TRY(auto loaded, load_firmware(scope.device()));
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
