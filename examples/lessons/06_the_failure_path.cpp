// Lesson 6: the three ways to fail. Each has one answer, and leaves the device in one state.
#include "toy.hpp"

void reset_and_print(Toy& toy) {
  print_answer("the reset", rg::reset<Flr, FirmwareAck>(toy));
  print_state(toy);
}

int main() {
  std::puts("prepare fails: nothing is held, so there is nothing to undo, and done is not called");
  Toy first;
  first.prepare_failures = 1;
  reset_and_print(first);

  std::puts("a step fails: done is told, and the device stays blocked and is quarantined");
  Toy second;
  second.flr_failures = 1;
  reset_and_print(second);

  std::puts("done fails: then the reset has failed, although each step worked");
  Toy third;
  third.done_failures = 1;
  reset_and_print(third);
}

// done's error is the reset's error, and the compiler reports a result that is not checked.
//
// Break it: replace
//   print_answer("the reset", rg::reset<Flr, FirmwareAck>(toy));
// by
//   rg::reset<Flr, FirmwareAck>(toy);
// and the compiler says: reset_guard: it may be a failure; use RESET_GUARD_TRY
