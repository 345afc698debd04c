// HOLE 38: a reset step that passes by another step's witness, and a plain step that passes by one
// EXPECT all: A A
// MESSAGE A: reset_guard: (a ResetStep passes by its own Witness|only a ResetStep has a Witness; pass_if\(scope, status\) is for a Step)
#include "device.hpp"

struct OfTheBus : Finds {
  using Finds::Finds;
};

struct PowerCycle : rg::ResetStep<PowerCycle> {
  using Witness = Finds;
  static rg::Verdict<PowerCycle> in(Scope& scope) {
    return pass_if(scope, rg::ok(), OfTheBus(scope.device()));  // BAD
    // GOOD: return pass_if(scope, rg::ok(), Witness(scope.device()));
  }
};

struct Settled : rg::Step<Settled> {
  static rg::Verdict<Settled> in(Scope& scope) {
    return pass_if(scope, rg::ok(), OfTheBus(scope.device()));  // BAD
    // GOOD: return pass_if(scope, rg::ok());
  }
};
