// RULE: Evidence is used once: it is moved, never copied.
// ENFORCED: compile
// SAYS g++: use of deleted function 'reset_guard::Done<S>::Done(const reset_guard::Done<S>&) [with S = {Flr}]'
// SAYS clang: call to deleted constructor of 'rg::Done<Flr>'
// SAYS clang 19: reset_guard: evidence is used once; move it
// WHY: A copy that is kept is what a later reset could be claimed with.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::in(scope));
  rg::Done<Flr> evidence = std::move(flr);
  return evidence;
}
#else
rg::Verdict<Flr> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::in(scope));
  rg::Done<Flr> evidence = flr;
  return evidence;
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
