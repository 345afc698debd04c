// Lesson 8: the swallowed result. A handler in C can say 0 about a reset that failed. Here a success takes evidence,
// which only the step can make: a handler that did not get any cannot say yes.
#include "toy.hpp"

// What a handler in C does easily. Upstream, all five that use an FLR drop its result.
int reset_by_hand(Toy& toy) {
  Flr::run(toy).discard("as C does without a word");
  return 0;
}

// There is no other way to a success than the FLR's own evidence.
RESET_GUARD_MUST_USE rg::Verdict<Flr> reset_with_evidence(rg::ResetScope<Toy>& scope) {
  return Flr::run(scope.device());
}

RESET_GUARD_MUST_USE rg::Verdict<Flr> reset_with_old_evidence(Toy& toy) {
  RESET_GUARD_TRY(auto evidence, Flr::run(toy));
  return rg::reset(toy, [&evidence](rg::ResetScope<Toy>&) -> rg::Verdict<Flr> { return std::move(evidence); });
}

int main() {
  std::puts("a handler that swallows");
  Toy first;
  first.flr_failures = 1;
  std::printf("reset_by_hand answers %d\n", reset_by_hand(first));

  std::puts("a handler that needs evidence");
  Toy second;
  second.flr_failures = 1;
  print_answer("reset_with_evidence", rg::reset(second, reset_with_evidence));

  std::puts("evidence that was kept from another reset proves nothing about this one");
  Toy third;
  print_answer("reset_with_old_evidence", reset_with_old_evidence(third));
}

// A handler that boils its answer down to a bool is refused, whatever the bool says.
//
// Break it: replace
//   rg::Verdict<Flr> reset_with_evidence(
// by
//   bool reset_with_evidence(
// and the compiler says: reset_guard: a reset handler returns Verdict<S...>, evidence from its steps or an error
