// Lesson 5: the repair that holds. It counts scopes: the outermost calls prepare and done, the others only count.
#include "toy.hpp"

// The reset_nic of lessons 1 to 4, repaired.
RESET_GUARD_MUST_USE rg::Verdict<Flr, FirmwareAck> reset_nic(rg::ResetScope<Toy>& scope) {
  std::printf("  reset_nic: begins, depth %u\n", scope.depth());
  RESET_GUARD_TRY(auto flr, Flr::run(scope));  // a reset inside the reset
  std::printf("  reset_nic: goes on, and DMA %s, depth %u\n",
              scope.device().dma_blocked ? "is blocked" : "GOES THROUGH", scope.depth());
  RESET_GUARD_TRY(auto firmware, FirmwareAck::run(scope));
  return rg::join(std::move(flr), std::move(firmware));
}

int main() {
  Toy toy;
  std::puts("an FLR alone");
  print_answer("FLR", Flr::run(toy));
  std::puts("an FLR inside reset_nic: one prepare, one done");
  print_answer("reset_nic", rg::reset(toy, reset_nic));
  print_state(toy);
}

// A reset that calls itself without end fails at depth 50, before it uses up the stack.
//
// Break it: replace
//   RESET_GUARD_TRY(auto flr, Flr::run(scope));  // a reset inside the reset
// by
//   RESET_GUARD_TRY(rg::Evidence<Flr> flr, rg::reset(scope.device(), reset_nic));
// and it prints: reset_nic answers enter: too_deep (0)
