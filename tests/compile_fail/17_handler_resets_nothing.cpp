// HOLE 17: a handler that returns a verdict that resets nothing
// EXPECT all: A A
// MESSAGE A: reset_guard: this handler's verdict resets nothing
#include "device.hpp"

void by_lambda(Device& device) {
  rg::reset(device, [](Scope& scope) -> rg::Verdict<FirmwareAck> { return FirmwareAck::wait(scope); }).discard("a test");  // BAD
  // GOOD: rg::reset(device, [](Scope& scope) { return BusReset::in(scope); }).discard("a control");
}

inline rg::Verdict<FirmwareAck> quirk(Scope& scope) { return FirmwareAck::wait(scope); }
inline rg::Verdict<BusReset> quirk_control(Scope& scope) { return BusReset::in(scope); }

void by_pointer(Device& device) {
  rg::reset(device, &quirk).discard("a test");  // BAD
  // GOOD: rg::reset(device, &quirk_control).discard("a control");
}
