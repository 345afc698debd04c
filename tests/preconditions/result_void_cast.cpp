// RULE: A result is dropped by `discard(reason)`, and not by a cast to void.
// ENFORCED: compile
// SAYS g++: declared with attribute 'warn_unused_result'
// SAYS clang: invalid invocation of method '~Result' on a temporary object while it is in the 'unknown' state
// WHY: A reason can be read, and `discard` can be searched for. g++ needs `RESET_GUARD_MUST_USE` on the function for
// this, clang its analysis.
#include "device.hpp"

#ifdef OK
rg::Verdict<BusReset> handler(Scope& scope) {
  load_firmware(scope.device()).discard("the old firmware will do");
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  (void)load_firmware(scope.device());
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
