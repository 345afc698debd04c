// HOLE 17: a handler that is for another device, or copies the scope
// EXPECT all: A A
// MESSAGE A: reset_guard: a reset handler is called with ResetScope<Device>&
#include "device.hpp"

struct Other {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};

void other(Other& device) {
  rg::reset(device, [](Scope& scope) { return BusReset::in(scope); }).discard("a test");  // BAD
  // GOOD: rg::OwnedScope<Other>::enter(device).discard("a control");
}

void by_value(Device& device) {
  rg::reset(device, [](Scope scope) { return BusReset::in(scope); }).discard("a test");  // BAD
  // GOOD: rg::reset(device, [](Scope& scope) { return BusReset::in(scope); }).discard("a control");
}
