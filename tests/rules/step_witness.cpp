// RULE: Give a `ResetStep` a `Witness`, or derive the witness from `NoWitness` and give the reason.
// WHY: A reset that was started and waited for may not have happened. Without a witness its evidence is a claim, and
//   the device's done is told so.
// ENFORCED: by types
#include "device.hpp"

// CASE: without a witness
// MESSAGE: reset_guard: a ResetStep needs a Witness, a struct inside it: 'explicit Witness(Device&)' looks before the
//   reset
namespace step_witness {
#ifdef GOOD
struct Modem : rg::ResetStep<Modem> {
  static rg::Status act(Nic&) noexcept { return rg::ok(); }
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "the modem has no register that a host can read";
  };
};
#else
struct Modem : rg::ResetStep<Modem> {
  static rg::Status act(Nic&) noexcept { return rg::ok(); }
};
#endif

int main() {
  Nic nic;
  return exit_status(Modem::run(nic));
}
}  // namespace step_witness

// CASE: run alone, inside a scope, in order and by hand
// MESSAGE: reset_guard: a ResetStep needs a Witness...one that can show nothing derives from NoWitness
namespace without_a_witness {
template <int number>
struct Sleeps : rg::ResetStep<Sleeps<number>> {
  static rg::Status act(Nic&) noexcept { return rg::ok(); }
};
struct Looks : rg::ResetStep<Looks> {
  using Witness = Finds;
  static rg::Status act(Nic&) noexcept { return rg::ok(); }
};

void runs_alone(Nic& nic) {
  Sleeps<1>::run(nic).discard("a test");  // BAD
  // GOOD: Looks::run(nic).discard("a control");
}

void runs_inside(Scope& scope) {
  Sleeps<2>::run(scope).discard("a test");  // BAD
  // GOOD: Looks::run(scope).discard("a control");
}

void runs_in_order(Nic& nic) {
  rg::reset<Sleeps<3>>(nic).discard("a test");  // BAD
  // GOOD: rg::reset<Looks>(nic).discard("a control");
}

struct ByHand : rg::ResetStep<ByHand> {
  static rg::Verdict<ByHand> in(Scope& scope) {
    return pass_if(scope, rg::ok(), Finds(scope.device()));  // BAD
    // GOOD: return fail(scope, rg::Error(rg::Errc::io, 0, "a control"));
  }
};
}  // namespace without_a_witness

// CASE: a NoWitness without a reason
// MESSAGE: reset_guard: a Witness that derives from NoWitness says why
namespace claim_without_a_reason {
struct Silent : rg::NoWitness {};
struct Number : rg::NoWitness {
  static constexpr int why = 1;
};
struct Reason : rg::NoWitness {
  static constexpr rg::Literal why = "the modem has no register that a host can read";
};

template <class Why, int number>
struct Claims : rg::ResetStep<Claims<Why, number>> {
  using Witness = Why;
  static rg::Status act(Nic&) noexcept { return rg::ok(); }
};

void says_nothing(Nic& nic) {
  Claims<Silent, 1>::run(nic).discard("a test");  // BAD
  // GOOD: Claims<Reason, 1>::run(nic).discard("a control");
}

void says_a_number(Nic& nic) {
  Claims<Number, 2>::run(nic).discard("a test");  // BAD
  // GOOD: Claims<Reason, 2>::run(nic).discard("a control");
}
}  // namespace claim_without_a_reason

// CASE: a witness without a look before or after the reset, or whose look is a bool
// MESSAGE: reset_guard: a Witness needs 'Status check(Device&) const', or one that returns Result<bool> | reset_guard:
//   a Witness needs 'explicit Witness(Device&)' | no matching function for call to '...SawNothingBefore
namespace witness_that_cannot_say {
struct NeverAsked {
  explicit NeverAsked(Nic&) noexcept {}
};
struct AnswersBool : NeverAsked {
  using NeverAsked::NeverAsked;
  bool check(Nic&) const noexcept { return true; }
};
struct ChangesItself : NeverAsked {
  using NeverAsked::NeverAsked;
  rg::Status check(Nic&) noexcept { return rg::ok(); }
};
struct SawNothingBefore {
  explicit SawNothingBefore(int) noexcept {}
  RESET_GUARD_MUST_USE rg::Status check(Nic&) const noexcept { return rg::ok(); }
};
struct Sees : NeverAsked {
  using NeverAsked::NeverAsked;
  RESET_GUARD_MUST_USE rg::Result<bool> check(Nic&) const noexcept { return true; }
};

template <class Looks>
struct Shows : rg::ResetStep<Shows<Looks>> {
  using Witness = Looks;
  static rg::Status act(Nic&) noexcept { return rg::ok(); }
};

void no_check(Nic& nic) {
  Shows<NeverAsked>::run(nic).discard("a test");  // BAD
  // GOOD: Shows<Sees>::run(nic).discard("a control");
}

void check_that_answers_bool(Nic& nic) {
  Shows<AnswersBool>::run(nic).discard("a test");  // BAD
  // GOOD: Shows<Sees>::run(nic).discard("a control");
}

void check_that_is_not_const(Nic& nic) {
  Shows<ChangesItself>::run(nic).discard("a test");  // BAD
  // GOOD: Shows<Sees>::run(nic).discard("a control");
}

void no_look_before(Nic& nic) {
  Shows<SawNothingBefore>::run(nic).discard("a test");  // BAD
  // GOOD: Shows<Sees>::run(nic).discard("a control");
}
}  // namespace witness_that_cannot_say
