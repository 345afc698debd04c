// RULE: Destroy all that the caller of `reset_for<Demand>()` demands.
// WHY: What a step destroys is a list of types. The compiler compares it with the demand before the device is handed
//   on.
// ENFORCED: by types
// MESSAGE: reset_guard: this reset leaves something that the caller demands to be gone...add a step that destroys it
#include "device.hpp"

namespace contents = rg::contents;

struct Partial : rg::ResetStep<Partial> {
  using Witness = Finds;
  using destroys = rg::all_of<contents::registers, contents::dma>;
  static rg::Status act(Nic&) noexcept { return rg::ok(); }
};
struct Scrub : rg::Step<Scrub> {
  using destroys = rg::all_of<contents::device_memory>;
  static rg::Status act(Nic&) noexcept { return rg::ok(); }
};

void by_steps(Nic& nic) {
  rg::reset_for<rg::all_of<contents::registers, contents::device_memory>, Partial>(nic).discard("a test");  // BAD
  // GOOD: rg::reset_for<rg::all_of<contents::registers, contents::device_memory>, Partial, Scrub>(nic).discard("a control");
}

void by_a_handler(Nic& nic) {
  const auto handler = [](Scope& scope) { return Partial::run(scope); };
  rg::reset_for<rg::all_of<contents::dma, contents::firmware>>(nic, handler).discard("a test");  // BAD
  // GOOD: rg::reset_for<rg::all_of<contents::dma>>(nic, handler).discard("a control");
}

void by_a_step_that_does_not_say(Nic& nic) {
  rg::reset_for<rg::all_of<contents::registers>, Flr>(nic).discard("a test");  // BAD
  // GOOD: rg::reset_for<rg::all_of<contents::registers>, Flr, Partial>(nic).discard("a control");
}
