// RULE: Give the array of a chain static storage duration.
// WHY: The chain points to the methods. For a chain made of a pointer and a size, see the rule on methods that are
//   chosen at run time.
// ENFORCED: by types
// STANDARD: C++20
// MESSAGE: is not a constant expression
#include "device.hpp"

rg::Probe yes(const Nic&) noexcept { return {rg::Support::yes, ""}; }
rg::Verdict<Flr> by_flr(Nic& nic) { return Flr::run(nic); }

#ifdef GOOD
rg::Verdict<Flr> reset_by_chain(Nic& nic) {
  static constexpr rg::Method<Nic, Flr> methods[] = {{"flr", yes, by_flr}};
  constexpr rg::MethodChain chain(methods);
  return chain.reset(nic);
}
#else
rg::Verdict<Flr> reset_by_chain(Nic& nic) {
  const rg::Method<Nic, Flr> methods[] = {{"flr", yes, by_flr}};
  const rg::MethodChain chain(methods);
  return chain.reset(nic);
}
#endif

int main() {
  Nic nic;
  return exit_status(reset_by_chain(nic));
}
