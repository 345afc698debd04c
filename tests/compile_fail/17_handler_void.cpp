// HOLE 17: a handler that returns nothing
// EXPECT all: A A
// MESSAGE A: reset_guard: a reset handler returns Verdict<S...>
#include "device.hpp"

void by_lambda(Device& device) {
  rg::reset(device, [](Scope& scope) -> void { scope.touch(); }).discard("a test");  // BAD
  // GOOD: rg::reset(device, [](Scope& scope) { return BusReset::in(scope); }).discard("a control");
}

inline void quirk(Scope& scope) { scope.touch(); }
inline rg::Verdict<BusReset> quirk_control(Scope& scope) { return BusReset::in(scope); }

void by_pointer(Device& device) {
  rg::reset(device, &quirk).discard("a test");  // BAD
  // GOOD: rg::reset(device, &quirk_control).discard("a control");
}
