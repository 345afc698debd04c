// HOLE 32: evidence is forged
// EXPECT all: A A A A
// MESSAGE A: private|inaccessible|protected
#include "device.hpp"

struct OtherStep : rg::Step<OtherStep> {
  static rg::Evidence<Flr> of_another(Scope& scope) {
    return rg::Step<Flr>::pass(scope);  // BAD
    // GOOD: return never(scope);
  }
  static rg::Evidence<Flr> never(Scope&);
};

struct SameBase : rg::ResetStep<Flr> {
  static rg::Evidence<Flr> by_inheritance(Scope& scope) {
    return pass(scope);  // BAD
    // GOOD: return OtherStep::never(scope);
  }
};

rg::Evidence<Flr> from_outside(Scope& scope) {
  return Flr::pass(scope);  // BAD
  // GOOD: return OtherStep::never(scope);
}

rg::Evidence<Flr> never_called();

rg::Evidence<Flr> from_a_word() {
  return rg::Evidence<Flr>(rg::detail::Word{nullptr, 0});  // BAD
  // GOOD: return never_called();
}
