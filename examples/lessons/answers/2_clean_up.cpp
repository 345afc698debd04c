// Exercise 2: config space is restored whether or not the FLR failed, and neither error is lost.
#include "../toy.hpp"

RESET_GUARD_MUST_USE rg::Status put_config_back(bool works) {
  std::puts(works ? "  config space: put back" : "  config space: cannot be written");
  if (!works) return rg::Error(rg::Errc::io, -5, "config space");
  return rg::ok();
}

template <bool writable>
RESET_GUARD_MUST_USE rg::Verdict<Flr> reset_and_put_back(rg::ResetScope<Toy>& scope) {
  auto flr = Flr::run(scope);  // no RESET_GUARD_TRY: it would return before the clean-up
  return rg::first_error(std::move(flr), put_config_back(writable));
}

int main() {
  Toy toy;
  print_answer("both work: the handler", rg::reset(toy, reset_and_put_back<true>));
  print_answer("the clean-up fails: the handler", rg::reset(toy, reset_and_put_back<false>));
  toy.flr_failures = 1;
  print_answer("both fail: the handler", rg::reset(toy, reset_and_put_back<false>));
}
