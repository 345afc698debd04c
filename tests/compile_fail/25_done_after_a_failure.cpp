// HOLE 25: done fails after a step has failed
// RUN: timed_out 1
// CONTROL: timed_out 0
#include "hooked.hpp"

struct BrokenPulse : rg::ResetStep<BrokenPulse> {
  static rg::Verdict<BrokenPulse> in(rg::ResetScope<Hooked>& scope) {
    return fail(scope, rg::Error(rg::Errc::timed_out, -110, "pulse"));
  }
};

int main() {
  Hooked device;
  device.done_error = rg::Errc::no_memory;  // BAD
  // GOOD: device.done_error = rg::Errc{};
  rg::reset(device, [](rg::ResetScope<Hooked>& scope) { return BrokenPulse::in(scope); }).discard("the device has the reason");
  if (!device.reset_state.quarantined()) return 1;
  puts(rg::to_string(device.reset_state.quarantine_reason().code()));
  puts(device.reset_state.quarantine_reason().later_errors() == 1 ? "1" : "0");
}
