// HOLE 19: a guard that is entered and left at once, in a variable that is never read
// EXPECT plain gcc: W
// EXPECT plain clang: W
// EXPECT typestate clang: WC
// RUN: unresolved_failure
// CONTROL: verified
#include "device.hpp"

rg::Verdict<BusReset> drops(Scope& scope) {
  auto inner = Owned::enter(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY(auto inner, Owned::enter(scope.device())); return inner.finish(BusReset::in(inner));
  return BusReset::in(scope);
}

int main() { return run(drops); }
