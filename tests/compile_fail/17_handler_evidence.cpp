// HOLE 17: a handler that returns bare evidence
// EXPECT all: A A
// MESSAGE A: reset_guard: a reset handler returns Verdict<S...>
#include "device.hpp"

rg::Evidence<Flr> kept(Scope&);

void by_lambda(Device& device) {
  rg::reset(device, [](Scope& scope) -> rg::Evidence<Flr> { return kept(scope); }).discard("a test");  // BAD
  // GOOD: rg::reset(device, [](Scope& scope) { return BusReset::in(scope); }).discard("a control");
}

inline rg::Evidence<Flr> quirk(Scope& scope) { return kept(scope); }
inline rg::Verdict<BusReset> quirk_control(Scope& scope) { return BusReset::in(scope); }

void by_pointer(Device& device) {
  rg::reset(device, &quirk).discard("a test");  // BAD
  // GOOD: rg::reset(device, &quirk_control).discard("a control");
}
