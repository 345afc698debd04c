// HOLE 38: a reset step that has nothing to show, and does not say so
// EXPECT all: A A A A
// MESSAGE A: reset_guard: a ResetStep needs a Witness.*one that can show nothing derives from NoWitness
#include "device.hpp"

template <int number>
struct Sleeps : rg::ResetStep<Sleeps<number>> {
  static rg::Status act(Device&) noexcept { return rg::ok(); }
};
struct Looks : rg::ResetStep<Looks> {
  using Witness = Finds;
  static rg::Status act(Device&) noexcept { return rg::ok(); }
};


void runs_alone(Device& device) {
  Sleeps<1>::run(device).discard("a test");  // BAD
  // GOOD: Looks::run(device).discard("a control");
}

void runs_inside(Scope& scope) {
  Sleeps<2>::run(scope).discard("a test");  // BAD
  // GOOD: Looks::run(scope).discard("a control");
}

void runs_in_order(Device& device) {
  rg::reset<Sleeps<3>>(device).discard("a test");  // BAD
  // GOOD: rg::reset<Looks>(device).discard("a control");
}

struct ByHand : rg::ResetStep<ByHand> {
  static rg::Verdict<ByHand> in(Scope& scope) {
    return pass_if(scope, rg::ok(), Finds(scope.device()));  // BAD
    // GOOD: return fail(scope, rg::Error(rg::Errc::io, 0, "a control"));
  }
};
