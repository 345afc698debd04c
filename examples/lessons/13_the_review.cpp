// Lesson 13: a review of 2021. Some NVMe drives need 250 ms after an FLR, and a handler waits for them
// (delay_250ms_after_flr() in drivers/pci/quirks.c). It had always dropped the FLR's result. A series of patches
// reworked it; a reviewer of version 3 saw that, and from version 5 to 12 a failed FLR was handed up. Then a review of
// another patch of the series asked for a form that is easier to understand. Version 13 has it, and drops the result.
// Source: lore.kernel.org/r/20210526135230.2ecd94d3.alex.williamson@redhat.com (the first review),
// lore.kernel.org/r/20210716151946.690-9-sdonthineni@nvidia.com (version 12),
// lore.kernel.org/r/20210727221229.GA750669@bjorn-Precision-5520 (the second review),
// lore.kernel.org/r/20210801142518.1224-3-ameynarkhede03@gmail.com (version 13).
#include "toy.hpp"

int c_flr(Toy& toy) {  // as a C driver calls it
  auto verdict = Flr::run(toy);
  if (verdict.failed()) return std::move(verdict).error().native();
  return 0;
}

// What version 12 did.
int handler_of_version_12(Toy& toy) {
  const int result = c_flr(toy);
  if (result != 0) return result;
  std::puts("  250 ms pass");
  return 0;
}

// What version 13 does, and Linux to this day. It is easier to read indeed: nothing shows that an answer is missing.
int handler_of_version_13(Toy& toy) {
  c_flr(toy);
  std::puts("  250 ms pass");
  return 0;
}

// The same with the library.
struct Settled : rg::Step<Settled> {
  RESET_GUARD_MUST_USE static rg::Verdict<Settled> wait(rg::ResetScope<Toy>& scope) {
    std::puts("  250 ms pass");
    return pass(scope);
  }
};
RESET_GUARD_MUST_USE rg::Verdict<Flr, Settled> handler(rg::ResetScope<Toy>& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  RESET_GUARD_TRY(auto settled, Settled::wait(scope));
  return rg::join(std::move(flr), std::move(settled));
}

int main() {
  Toy toy;
  toy.flr_failures = 1;
  std::printf("the handler of version 12 answers %d\n", handler_of_version_12(toy));
  toy.flr_failures = 1;
  std::printf("the handler of version 13 answers %d\n", handler_of_version_13(toy));
  toy.flr_failures = 1;
  print_answer("the handler with evidence", rg::reset(toy, handler));
}

// With the library the same wish can be followed, and the compiler reviews the result.
//
// Break it: replace
//   RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
// by
//   Flr::run(scope.device());
// and the compiler says: reset_guard: it may be a failure; use RESET_GUARD_TRY
