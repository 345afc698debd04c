// RULE: Make evidence of a step only inside that step, and derive each step from its own `Step` or `ResetStep`.
// WHY: `pass(scope)` states that the step was done. Other code calls the step. `struct Slot : ResetStep<Flr>` would
//   make evidence of another step.
// ENFORCED: by types
#include "device.hpp"

// CASE: pass() from outside of the step
// MESSAGE g++: [with Device = Nic; S = Flr]' is private within this context
// MESSAGE clang: 'pass' is a private member of 'reset_guard::Step<Flr>'
namespace step_evidence {
#ifdef GOOD
rg::Verdict<Flr> handler(Scope& scope) { return Flr::run(scope); }
#else
rg::Verdict<Flr> handler(Scope& scope) { return Flr::pass(scope); }
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
}  // namespace step_evidence

// CASE: a step that derives from the base of another one
// MESSAGE g++: [with Device = Nic; S = Flr]' is private within this context
// MESSAGE clang: 'pass' is a private member of 'reset_guard::Step<Flr>'
namespace step_names_itself {
#ifdef GOOD
struct Slot : rg::ResetStep<Slot> {
  using Witness = Mark;
  static rg::Verdict<Slot> in(Scope& scope) {
    const Witness before(scope.device());
    return pass_if(scope, BusReset::act(scope.device()), before);
  }
};
#else
struct Slot : rg::ResetStep<Flr> {
  static rg::Verdict<Flr> in(Scope& scope) { return pass(scope); }
};
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, Slot::in));
}
}  // namespace step_names_itself

// CASE: from another step, by inheritance, from outside and from the library's own parts
// MESSAGE: private | inaccessible | protected
namespace forged_evidence {
struct OtherStep : rg::Step<OtherStep> {
  static rg::Evidence<Flr> of_another(Scope& scope) {
    return rg::Step<Flr>::pass(scope);  // BAD
    // GOOD: return never(scope);
  }
  static rg::Evidence<Flr> never(Scope&) { rg::trap("never called"); }
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

rg::Evidence<Flr> never_called() { rg::trap("never called"); }

rg::Evidence<Flr> from_a_word() {
  return rg::Evidence<Flr>(rg::detail::Word{nullptr, 0});  // BAD
  // GOOD: return never_called();
}
}  // namespace forged_evidence
