// RULE: All methods of a chain answer with the verdict of one step.
// ENFORCED: compile
// SAYS g++: invalid conversion from 'reset_guard::Verdict<Flr> (*)(Nic&)'
// SAYS clang: different return type ('Verdict<BusReset>' vs 'Verdict<Flr>')
// WHY: The chain's evidence is its method's, and no method can say less. A step that stands for several says so by
// `proved_by`.
#include "device.hpp"

#ifdef OK
struct AnyReset : rg::ResetStep<AnyReset> {
  using proved_by = rg::any_of<Flr, BusReset>;
};
rg::Verdict<AnyReset> by_flr(Nic& nic) {
  RESET_GUARD_TRY(auto flr, Flr::run(nic));
  return flr;
}
#else
using AnyReset = BusReset;
rg::Verdict<Flr> by_flr(Nic& nic) { return Flr::run(nic); }
#endif

rg::Probe yes(const Nic&) noexcept { return {rg::Support::yes, ""}; }
inline constexpr rg::Method<Nic, AnyReset> methods[] = {{"flr", yes, by_flr}};
inline constexpr rg::MethodChain chain(methods);

int main() {
  Nic nic;
  return exit_status(chain.reset(nic));
}
