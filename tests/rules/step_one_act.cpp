// RULE: Give each act its own step: make a step with a parameter a template.
// WHY: 'The same step' means the same type. If one type stands for two acts, the second counts as a retry of the first
//   and resolves its failure, as in the example. The same goes for two procedures of different thoroughness with one
//   verdict type.
// ENFORCED: by nobody
// LIMIT: The library identifies a step by its type, not by what it does.
// PRINTS: verified, DMA goes through
// GOOD PRINTS: unresolved_failure, DMA is blocked
#include "device.hpp"

enum class State { d3hot, d0 };
RESET_GUARD_MUST_USE rg::Status set_power(State state) {
  if (state == State::d0) return rg::ok();
  return rg::Error(rg::Errc::io, -5, "power");
}

#ifdef GOOD
template <State state>
struct Power : rg::Step<Power<state>> {
  static rg::Verdict<Power> set(Scope& scope) { return Power::pass_if(scope, set_power(state)); }
};
auto down(Scope& scope) { return Power<State::d3hot>::set(scope); }
auto up(Scope& scope) { return Power<State::d0>::set(scope); }
#else
struct Power : rg::Step<Power> {
  static rg::Verdict<Power> set(Scope& scope, State state) { return pass_if(scope, set_power(state)); }
};
auto down(Scope& scope) { return Power::set(scope, State::d3hot); }
auto up(Scope& scope) { return Power::set(scope, State::d0); }
#endif

int main() {
  Nic nic;
  show(nic, rg::reset(nic, [](Scope& scope) -> rg::Verdict<BusReset> {
         down(scope).discard("nobody will notice");
         RESET_GUARD_TRY([[maybe_unused]] auto is_up, up(scope));
         return BusReset::run(scope);
       }));
}
