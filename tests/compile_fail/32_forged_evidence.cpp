// HOLE 32: evidence is forged
// EXPECT all: A A A A
// MESSAGE A: private|inaccessible|protected
#include "device.hpp"

struct OtherStep : rg::Step<OtherStep> {
  static rg::Done<Flr> of_another(Scope& scope) {
    return rg::Step<Flr>::done(scope);  // BAD
    // GOOD: return never(scope);
  }
  static rg::Done<Flr> never(Scope&);
};

struct SameBase : rg::ResetStep<Flr> {
  static rg::Done<Flr> by_inheritance(Scope& scope) {
    return done(scope);  // BAD
    // GOOD: return OtherStep::never(scope);
  }
};

rg::Done<Flr> from_outside(Scope& scope) {
  return Flr::done(scope);  // BAD
  // GOOD: return OtherStep::never(scope);
}

rg::Done<Flr> never_called();

rg::Done<Flr> from_a_stamp() {
  return rg::Done<Flr>(rg::detail::Stamp{nullptr, 0});  // BAD
  // GOOD: return never_called();
}
