// HOLE 17: a handler that returns int
// EXPECT all: A A
// MESSAGE A: reset_guard: a reset handler returns Verdict<S...>
#include "device.hpp"

void by_lambda(Device& device) {
  rg::reset(device, [](Scope& scope) -> int { return scope.outermost() ? 0 : -5; }).discard("a test");  // BAD
  // GOOD: rg::reset(device, [](Scope& scope) { return BusReset::in(scope); }).discard("a control");
}

inline int quirk(Scope& scope) { return scope.outermost() ? 0 : -5; }
inline rg::Verdict<BusReset> quirk_control(Scope& scope) { return BusReset::in(scope); }

void by_pointer(Device& device) {
  rg::reset(device, &quirk).discard("a test");  // BAD
  // GOOD: rg::reset(device, &quirk_control).discard("a control");
}
