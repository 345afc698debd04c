// HOLE 12: a handler does with its scope what is its owner's to do: moves it away, copies it, finishes it
// EXPECT all: A A A
// MESSAGE A: reset_guard: reset\(\) ends this scope|deleted|no member|no matching|no viable|conversion from
#include "device.hpp"

rg::Verdict<BusReset> moves(Scope& scope) {
  Owned mine = RESET_GUARD_MOVE(scope);  // BAD
  // GOOD: Scope& mine = scope;
  return BusReset::in(mine);
}

rg::Verdict<BusReset> copies(Scope& scope) {
  auto mine = scope;  // BAD
  // GOOD: auto& mine = scope;
  return BusReset::in(mine);
}

rg::Verdict<BusReset> finishes(Scope& scope) {
  return scope.finish(BusReset::in(scope));  // BAD
  // GOOD: return BusReset::in(scope);
}
