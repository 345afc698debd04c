// RULE: List in `proved_by` each step whose evidence may stand for another step.
// WHY: A table of handlers has one function type, and so one step that all its handlers prove. `proved_by` lists in one
//   place which steps prove it.
// ENFORCED: by types
#include "device.hpp"

// CASE: a step that does not say it
// MESSAGE g++: could not convert 'flr' from 'reset_guard::Evidence<Flr>' to 'reset_guard::Verdict<...AnyReset>'
// MESSAGE clang: no viable conversion from returned value of type 'reset_guard::Evidence<Flr>' to function return type
//   'rg::Verdict<AnyReset>'
namespace step_proved_by {
#ifdef GOOD
struct AnyReset : rg::ResetStep<AnyReset> {
  using proved_by = rg::any_of<Flr, BusReset>;
};
#else
struct AnyReset : rg::ResetStep<AnyReset> {};
#endif

rg::Verdict<AnyReset> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope));
  return flr;
}

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
}  // namespace step_proved_by

// CASE: evidence of another step, or of too few
// MESSAGE: convert | no viable conversion
namespace wrong_evidence {
rg::Verdict<Flr> of_another(Scope& scope) {
  RESET_GUARD_TRY([[maybe_unused]] auto ack, FirmwareAck::wait(scope));
  return ack;  // BAD
  // GOOD: return Flr::run(scope.device());
}

rg::Verdict<Flr, FirmwareAck> of_one_too_few(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  return flr;  // BAD
  // GOOD: RESET_GUARD_TRY(auto ack, FirmwareAck::wait(scope)); return rg::join(RESET_GUARD_MOVE(flr), RESET_GUARD_MOVE(ack));
}

rg::Verdict<Flr> of_a_status(Scope& scope) {
  if (scope.outermost()) return rg::ok();  // BAD
  // GOOD: if (scope.outermost()) return rg::Error(rg::Errc::io, 0, "a control");
  return Flr::run(scope.device());
}

rg::Verdict<Flr> of_another_verdict(Scope& scope) {
  return BusReset::run(scope);  // BAD
  // GOOD: return Flr::run(scope.device());
}

struct Chip : rg::Step<Chip> {
  static rg::Status act(Nic&, int) noexcept { return rg::ok(); }
};

rg::Verdict<rg::each_of<Chip>> of_one_of_them(Scope& scope, int (&chips)[2]) {
  RESET_GUARD_TRY([[maybe_unused]] auto last, Chip::run_for(scope, chips[1], chips[1]));
  return last;  // BAD
  // GOOD: return Chip::run_for_each(scope, chips);
}

rg::Verdict<Chip> of_all_for_one(Scope& scope, int (&chips)[2]) {
  RESET_GUARD_TRY([[maybe_unused]] auto all, Chip::run_for_each(scope, chips));
  return all;  // BAD
  // GOOD: return Chip::run_for(scope, chips[1], chips[1]);
}
}  // namespace wrong_evidence

// CASE: a reset step that says it of a step that resets nothing, or destroys less
// MESSAGE: reset_guard: a ResetStep is proved by ResetSteps only; name these in its proved_by | reset_guard: this
//   step's destroys names something that a step in its proved_by leaves
namespace proved_by_a_plain_step {
template <class... By>
struct Any : rg::ResetStep<Any<By...>> {
  using proved_by = rg::any_of<By...>;
};

rg::Verdict<Any<FirmwareAck>> by_one(Scope& scope) {
  RESET_GUARD_TRY(auto ack, FirmwareAck::wait(scope));
  return ack;  // BAD
  // GOOD: return rg::Error(rg::Errc::io, 0, ack.claimed() ? rg::Literal("a") : rg::Literal("b"));
}

rg::Verdict<Any<BusReset, FirmwareAck>> by_one_of_two(Scope& scope) {
  RESET_GUARD_TRY(auto bus, BusReset::run(scope));
  return bus;  // BAD
  // GOOD: return rg::Error(rg::Errc::io, 0, bus.claimed() ? rg::Literal("a") : rg::Literal("b"));
}

struct Wiped : rg::ResetStep<Wiped> {
  using proved_by = rg::any_of<BusReset>;
  using destroys = rg::all_of<rg::contents::device_memory>;
};
rg::Verdict<Wiped> by_one_that_leaves_it(Scope& scope) {
  RESET_GUARD_TRY(auto bus, BusReset::run(scope));
  return bus;  // BAD
  // GOOD: return rg::Error(rg::Errc::io, 0, bus.claimed() ? rg::Literal("a") : rg::Literal("b"));
}
}  // namespace proved_by_a_plain_step
