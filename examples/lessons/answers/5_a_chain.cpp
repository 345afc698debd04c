// Exercise 5: two methods in order. After 'unsupported' the next one is tried, unless the device was touched.
#include "../toy.hpp"

template <bool touches_first>
RESET_GUARD_MUST_USE rg::Verdict<Flr> vendor_reset(Toy& toy) {
  return rg::reset(toy, [](rg::ResetScope<Toy>& scope) -> rg::Verdict<Flr> {
    if (touches_first) scope.touch();
    std::puts(touches_first ? "  vendor: wrote a register, and then found out" : "  vendor: looked, and it cannot");
    return rg::Error(rg::Errc::unsupported, 0, "vendor");
  });
}

rg::Probe maybe(const Toy&) noexcept { return {rg::Support::maybe, "nobody knows before it is tried"}; }

constexpr rg::Method<Toy, Flr> polite[] = {{"vendor", maybe, vendor_reset<false>}, {"flr", maybe, Flr::run}};
constexpr rg::Method<Toy, Flr> rude[] = {{"vendor", maybe, vendor_reset<true>}, {"flr", maybe, Flr::run}};

int main() {
  Toy toy;
  print_answer("the chain", rg::MethodChain<Toy, Flr>(polite).reset(toy));
  print_answer("the chain", rg::MethodChain<Toy, Flr>(rude).reset(toy));
}
