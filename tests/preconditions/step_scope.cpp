// RULE: A step is called with a scope of its own type of device.
// ENFORCED: compile
// SAYS g++: cannot convert 'reset_guard::ResetScope<Card>' to 'Scope&'
// SAYS clang: non-const lvalue reference to type 'ResetScope<Nic>' cannot bind to a value of unrelated type
// WHY: The scope brings the device. A step for devices of many types is a template.
#include "device.hpp"

struct Card : Nic {};

#ifdef OK
rg::Verdict<Works> handler(rg::ResetScope<Card>& scope) { return Works::in(scope); }
#else
rg::Verdict<Flr> handler(rg::ResetScope<Card>& scope) { return Flr::in(scope); }
#endif

int main() {
  Card card;
  return exit_status(rg::reset(card, handler));
}
