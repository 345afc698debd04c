// Exercise 4: two functions on one card. The reset of one is no evidence for the other.
#include "../toy.hpp"

int main() {
  Toy first, second;
  auto reset_the_other = [&second](rg::ResetScope<Toy>&) -> rg::Verdict<Flr> { return Flr::run(second); };
  print_answer("the reset of the first", rg::reset(first, reset_the_other));

  auto reset_both = [&second](rg::ResetScope<Toy>& scope) -> rg::Verdict<Flr> {
    RESET_GUARD_TRY([[maybe_unused]] auto other, Flr::run(second));  // its error is an error of this reset
    return Flr::run(scope);
  };
  print_answer("the reset of both", rg::reset(first, reset_both));
}
