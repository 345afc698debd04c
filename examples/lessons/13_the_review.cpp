// Lesson 13: a review of 2021. Some NVMe drives need 250 ms after an FLR, and a handler waits for them
// (delay_250ms_after_flr() in drivers/pci/quirks.c). It had always dropped the FLR's result. A series of patches
// reworked it. A reviewer of version 3 noticed, and versions 5 to 12 returned the failure. Then a review of another
// patch of the series asked for a form that is easier to understand. Version 13 has that form, and drops the result.
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

// What version 13 does, and Linux still does. It is easier to read: nothing shows that a result is missing.
int handler_of_version_13(Toy& toy) {
  c_flr(toy);
  std::puts("  250 ms pass");
  return 0;
}

// The same with the library. There is no intermediate result to drop.
struct Settled : rg::Step<Settled> {
  static rg::Status act(Toy&) noexcept {
    std::puts("  250 ms pass");
    return rg::ok();
  }
};
RESET_GUARD_MUST_USE rg::Verdict<Flr, Settled> handler(Toy& toy) { return rg::reset<Flr, Settled>(toy); }

int main() {
  Toy toy;
  toy.flr_failures = 1;
  std::printf("the handler of version 12 answers %d\n", handler_of_version_12(toy));
  toy.flr_failures = 1;
  std::printf("the handler of version 13 answers %d\n", handler_of_version_13(toy));
  toy.flr_failures = 1;
  print_answer("the handler with evidence", handler(toy));
}

// With the library, a simpler handler has to leave out a step. That changes the verdict, and the compiler refuses it.
//
// Break it: replace
//   rg::reset<Flr, Settled>(toy)
// by
//   rg::reset<Settled>(toy)
// and the compiler says: reset_guard: this handler's verdict resets nothing
