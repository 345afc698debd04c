// RULE: `RESET_GUARD_TRY` is a statement of its own.
// ENFORCED: compile
// SAYS g++: 'reset_guard_result_1' was not declared in this scope
// SAYS clang: use of undeclared identifier 'reset_guard_result_1'
// WHY: It is several statements, of which the branch of an if without braces would be the first; and the variable that
// it declares belongs to the block around it.
#include "device.hpp"

#ifdef OK
rg::Verdict<BusReset> handler(Scope& scope) {
  if (scope.outermost()) {
    RESET_GUARD_TRY([[maybe_unused]] auto awake, Firmware::run(scope));
  }
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  if (scope.outermost()) RESET_GUARD_TRY([[maybe_unused]] auto awake, Firmware::run(scope));
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
