// RULE: Evidence of one step stands for another only where that one says `proved_by`.
// ENFORCED: compile
// SAYS g++: could not convert 'flr' from 'reset_guard::Evidence<Flr>' to 'reset_guard::Verdict<AnyReset>'
// SAYS clang: no viable conversion from returned value of type 'reset_guard::Evidence<Flr>' to function return type 'rg::Verdict<AnyReset>'
// WHY: A table of handlers has one function type, and so one step that all its handlers prove. Which steps prove it is
// said in one place.
#include "device.hpp"

#ifdef OK
struct AnyReset : rg::ResetStep<AnyReset> {
  using proved_by = rg::any_of<Flr, BusReset>;
};
#else
struct AnyReset : rg::ResetStep<AnyReset> {};
#endif

rg::Verdict<AnyReset> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope));
  return flr;
}

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
