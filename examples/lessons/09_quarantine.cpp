// Lesson 9: after a failure. The device is quarantined: blocked, and not to be used. Two things lift that: a reset that
// is verified, and somebody who answers for it.
#include "toy.hpp"

int main() {
  Toy toy;
  toy.flr_failures = 1;
  print_answer("the first reset", Flr::run(toy));
  print_state(toy);

  // A retry may enter. This one does not get far: it changes nothing, and the reason from before stands.
  toy.prepare_failures = 1;
  print_answer("a retry that cannot begin", Flr::run(toy));
  print_state(toy);

  print_answer("a retry that works", Flr::run(toy));
  print_state(toy);

  toy.flr_failures = 1;  // once more
  print_answer("the last reset", Flr::run(toy));
  print_answer("a release", rg::release_quarantine(toy, "the card was replaced"));
  print_state(toy);
}

// A release says that a quarantined device is fit for use. Of any other device it says nothing, and is refused.
//
// Break it: replace
//   toy.flr_failures = 1;  // once more
// by
//   (nothing)
// and it prints: a release answers release_quarantine: not quarantined: invalid (0)
