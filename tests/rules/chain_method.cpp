// RULE: Give all methods of a chain the verdict of one step.
// WHY: The chain returns the evidence of its method, and no method may return less. A step that stands for several
//   lists them in `proved_by`.
// ENFORCED: by types
#include "device.hpp"

// CASE: a method of another step
// MESSAGE g++: invalid conversion from 'reset_guard::Verdict<Flr> (*)(Nic&)'
// MESSAGE clang: different return type ('Verdict<BusReset>' vs 'Verdict<Flr>')
namespace chain_method {
#ifdef GOOD
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
}  // namespace chain_method

// CASE: a method that returns a Status
// MESSAGE: conver | cannot initialize | RESET_GUARD_TRY needs a Result<T>; for a Status use RESET_GUARD_CHECK |
//   RESET_GUARD_CHECK needs a Status
namespace chain_of_wrong_methods {
inline rg::Status says_ok(Nic&) { return rg::ok(); }
inline rg::Verdict<BusReset> resets(Nic& nic) {
  return rg::reset(nic, [](Scope& scope) { return BusReset::run(scope); });
}

inline constexpr auto entry = rg::Method<Nic, BusReset>{"bus", nullptr, says_ok};  // BAD
// GOOD: inline constexpr auto entry = rg::Method<Nic, BusReset>{"bus", nullptr, resets};
}  // namespace chain_of_wrong_methods
