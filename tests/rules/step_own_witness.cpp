// RULE: Pass a `ResetStep` by its own `Witness`.
// WHY: Without it the evidence would only show that the step was started. A plain step has no witness.
// ENFORCED: by types
#include "device.hpp"

// CASE: without a witness
// MESSAGE: reset_guard: a ResetStep passes by its Witness: pass_if(scope, status, witness)
namespace without_its_witness {
struct Pass : rg::ResetStep<Pass> {
  using Witness = Finds;
  static rg::Verdict<Pass> in(Scope& scope) {
    return pass(scope);  // BAD
    // GOOD: return pass_if(scope, rg::ok(), Witness(scope.device()));
  }
};

struct PassIf : rg::ResetStep<PassIf> {
  using Witness = Finds;
  static rg::Verdict<PassIf> in(Scope& scope) {
    return pass_if(scope, attempt(scope.device()));  // BAD
    // GOOD: return pass_if(scope, attempt(scope.device()), Witness(scope.device()));
  }
};

struct None : rg::ResetStep<None> {
  static rg::Verdict<None> in(Scope& scope) {
    return pass(scope);  // BAD
    // GOOD: return fail(scope, rg::Error(rg::Errc::io, 0, "a control"));
  }
};
}  // namespace without_its_witness

// CASE: with another step's witness
// MESSAGE: reset_guard: a ResetStep passes by its own Witness | reset_guard: only a ResetStep has a Witness;
//   pass_if(scope, status) is for a Step
namespace witness_of_another_step {
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
}  // namespace witness_of_another_step
