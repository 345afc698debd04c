// RULE: A handler takes `ResetScope<Device>&`.
// ENFORCED: compile
// SAYS: reset_guard: a reset handler is called with ResetScope<Device>&: it must accept exactly that
// WHY: The scope is lent, so it comes by reference; and it is the scope of the device that is reset.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> handler(rg::ResetScope<Nic>& scope) { return Flr::run(scope); }
#else
rg::Verdict<Flr> handler(rg::ResetScope<Nic> scope) { return Flr::run(scope); }
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
