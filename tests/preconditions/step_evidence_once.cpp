// RULE: Evidence is used once: it is moved, never copied.
// ENFORCED: compile
// SAYS g++: use of deleted function 'reset_guard::Evidence<S>::Evidence(const reset_guard::Evidence<S>&) [with S = {Flr}]'
// SAYS clang: call to deleted constructor of 'rg::Evidence<Flr>'
// SAYS clang 19: reset_guard: evidence is used once; move it
// WHY: A copy that is kept is what a later reset could be claimed with.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope));
  rg::Evidence<Flr> evidence = std::move(flr);
  return evidence;
}
#else
rg::Verdict<Flr> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope));
  rg::Evidence<Flr> evidence = flr;
  return evidence;
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
