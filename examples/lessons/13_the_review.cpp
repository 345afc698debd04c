// Lesson 13: a review of 2021. Some NVMe drives need 250 ms after an FLR, and a handler waits for them
// (delay_250ms_after_flr() in drivers/pci/quirks.c). A series of patches reworked it. From version 7 to 12 a failed FLR
// was handed up. A reviewer then asked for a form that is easier to understand: version 13 has it, and drops the result.
// Source: lore.kernel.org/r/20210716151946.690-9-sdonthineni@nvidia.com (version 12),
// lore.kernel.org/r/20210727221229.GA750669@bjorn-Precision-5520 (the review),
// lore.kernel.org/r/20210801142518.1224-3-ameynarkhede03@gmail.com (version 13).
#include "toy.hpp"

int flr(Toy& toy) {  // as a C driver calls it
  auto verdict = Flr::run(toy);
  return verdict.failed() ? std::move(verdict).error().native : 0;
}

// What version 12 did.
int handler_before_the_review(Toy& toy) {
  const int result = flr(toy);
  if (result != 0) return result;
  std::puts("  250 ms pass");
  return 0;
}

// What version 13 does, and Linux since then. It is easier to read indeed: nothing shows that an answer is missing.
int handler_after_the_review(Toy& toy) {
  flr(toy);
  std::puts("  250 ms pass");
  return 0;
}

// The same with the library.
struct Settled : rg::Step<Settled> {
  RESET_GUARD_MUST_USE static rg::Verdict<Settled> wait(rg::ResetScope<Toy>& scope) {
    std::puts("  250 ms pass");
    return done(scope);
  }
};
RESET_GUARD_MUST_USE rg::Verdict<Flr, Settled> handler(rg::ResetScope<Toy>& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  RESET_GUARD_TRY(auto settled, Settled::wait(scope));
  return rg::both(std::move(flr), std::move(settled));
}

int main() {
  Toy toy;
  toy.flr_failures = 1;
  std::printf("the handler before the review answers %d\n", handler_before_the_review(toy));
  toy.flr_failures = 1;
  std::printf("the handler after the review answers %d\n", handler_after_the_review(toy));
  toy.flr_failures = 1;
  print_answer("the handler with evidence", rg::reset(toy, handler));
}

// The same remark can still be followed; but the compiler is a reviewer, too.
//
// Break it: replace
//   RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
// by
//   Flr::run(scope.device());
// and the compiler says: reset_guard: it may be a failure; use RESET_GUARD_TRY
