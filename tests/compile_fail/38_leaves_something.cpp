// HOLE 38: a reset that leaves what its caller demands to be gone
// EXPECT all: A A A
// MESSAGE A: reset_guard: this reset leaves something that the caller demands to be gone.*add a step that destroys it
#include "device.hpp"

namespace contents = rg::contents;

struct Partial : rg::ResetStep<Partial> {
  using Witness = Finds;
  using destroys = rg::all_of<contents::registers, contents::dma>;
  static rg::Status act(Device&) noexcept { return rg::ok(); }
};
struct Scrub : rg::Step<Scrub> {
  using destroys = rg::all_of<contents::device_memory>;
  static rg::Status act(Device&) noexcept { return rg::ok(); }
};

void by_steps(Device& device) {
  rg::reset_for<rg::all_of<contents::registers, contents::device_memory>, Partial>(device).discard("a test");  // BAD
  // GOOD: rg::reset_for<rg::all_of<contents::registers, contents::device_memory>, Partial, Scrub>(device).discard("a control");
}

void by_a_handler(Device& device) {
  const auto handler = [](Scope& scope) { return Partial::run(scope); };
  rg::reset_for<rg::all_of<contents::dma, contents::firmware>>(device, handler).discard("a test");  // BAD
  // GOOD: rg::reset_for<rg::all_of<contents::dma>>(device, handler).discard("a control");
}

void by_a_step_that_does_not_say(Device& device) {
  rg::reset_for<rg::all_of<contents::registers>, Flr>(device).discard("a test");  // BAD
  // GOOD: rg::reset_for<rg::all_of<contents::registers>, Flr, Partial>(device).discard("a control");
}
