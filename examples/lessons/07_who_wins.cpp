// Lesson 7: results that disagree. The first error wins. A later success does not hide it: a failure must be resolved.
#include "toy.hpp"

using Scope = rg::ResetScope<Toy>;

// Resets the function from the port above it: a different step from the FLR.
struct BusReset : rg::ResetStep<BusReset> {
  using Witness = Flr::Witness;
  static rg::Status act(Toy& toy) noexcept {
    std::puts("  bus reset: works");
    toy.scratch = 0;
    return rg::ok();
  }
};

// Two errors: the first is the answer.
RESET_GUARD_MUST_USE rg::Verdict<Flr> with_clean_up(Scope& scope) {
  return rg::first_error(Flr::run(scope), rg::Error(rg::Errc::io, -5, "clean-up"));
}

// An error is dropped, and another step succeeds: the success is refused.
RESET_GUARD_MUST_USE rg::Verdict<BusReset> swallowing(Scope& scope) {
  Flr::run(scope).discard("to show that it comes out all the same");
  return BusReset::run(scope);
}

// The same step, retried and verified, resolves its own failure.
RESET_GUARD_MUST_USE rg::Verdict<Flr> trying_again(Scope& scope) {
  auto first = Flr::run(scope);
  if (!first.failed()) return first;
  std::move(first).discard("tried again");
  return Flr::run(scope);
}

// To fall back to another step, pass the recorded error to overrule(). The verdict is for a step that either proves.
struct AnyReset : rg::ResetStep<AnyReset> {
  using proved_by = rg::any_of<Flr, BusReset>;
};
RESET_GUARD_MUST_USE rg::Verdict<AnyReset> falling_back(Scope& scope) {
  auto flr = Flr::run(scope);
  if (!flr.failed()) return std::move(flr).take();
  RESET_GUARD_CHECK(scope.overrule(std::move(flr).error()));
  RESET_GUARD_TRY(auto bus_reset, BusReset::run(scope));
  return bus_reset;
}

int main() {
  const auto reset_with_a_failing_flr = [](const char* name, auto handler) {
    Toy toy;
    toy.flr_failures = 1;
    print_answer(name, rg::reset(toy, handler));
  };
  reset_with_a_failing_flr("with_clean_up", with_clean_up);
  reset_with_a_failing_flr("swallowing", swallowing);
  reset_with_a_failing_flr("trying_again", trying_again);
  reset_with_a_failing_flr("falling_back", falling_back);
}

// A copy made by hand is not the recorded error: the failure stands, and a second error is counted.
//
// Break it: replace
//   scope.overrule(std::move(flr).error())
// by
//   scope.overrule(rg::Error(std::move(flr).error().code(), -110, "FLR"))
// and it prints: falling_back answers FLR: timed_out (-110), and 1 later
