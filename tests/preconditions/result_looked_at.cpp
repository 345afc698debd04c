// RULE: A result is looked at.
// ENFORCED: compile
// SAYS: reset_guard: it may be a failure; use RESET_GUARD_TRY, RESET_GUARD_CHECK or failed(), or drop it by discard(reason)
// WHY: The types are `[[nodiscard]]`, and `RESET_GUARD_STRICT` makes the warning an error. For whoever only looks the other way
// there are more ways to drop one: `tests/compile_fail` has all that are known.
#include "device.hpp"

#ifdef OK
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_CHECK(load_firmware(scope.device()));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  load_firmware(scope.device());
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
