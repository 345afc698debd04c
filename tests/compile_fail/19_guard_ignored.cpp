// HOLE 19: a guard that is entered and left at once
// EXPECT all: N
// EXPECT typestate: NC
// RUN: unresolved_failure
// CONTROL: verified
#include "device.hpp"

rg::Verdict<BusReset> drops(Scope& scope) {
  Owned::enter(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY(auto inner, Owned::enter(scope.device())); return inner.finish(BusReset::in(inner));
  return BusReset::in(scope);
}

int main() { return run(drops); }
