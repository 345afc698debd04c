// RULE: A handler returns a `Verdict`.
// ENFORCED: compile
// SAYS: reset_guard: a reset handler returns Verdict<S...>, evidence from its steps or an error; bool, int, void and Status say nothing about what was done
// WHY: A 0 can be returned by anybody. Evidence comes from the steps, and a handler without any cannot return a success.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope));
  return flr;
}
#else
int handler(Scope& scope) {
  auto flr = Flr::run(scope);
  if (flr.failed()) return std::move(flr).error().native();
  return 0;
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
