// HOLE 38: a reset step that passes without its witness
// EXPECT all: A A A
// MESSAGE A: reset_guard: a ResetStep passes by its Witness: pass_if\(scope, status, witness\)
#include "device.hpp"

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
