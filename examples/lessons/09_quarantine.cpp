// Lesson 9: after a failure the device is quarantined: blocked, and not to be used. Two things lift the quarantine: a
// verified reset, or a release by someone who takes responsibility for it.
#include "toy.hpp"

int main() {
  Toy toy;
  toy.flr_failures = 1;
  print_answer("the first reset", Flr::run(toy));
  print_state(toy);

  // A retry may enter. The prepare of this one fails: nothing changes, and the earlier reason stands.
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

// A release declares a quarantined device fit for use. For any other device it is refused.
//
// Break it: replace
//   toy.flr_failures = 1;  // once more
// by
//   (nothing)
// and it prints: a release answers release_quarantine: not quarantined: invalid (0)
