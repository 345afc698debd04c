// RULE: No program names what is in `reset_guard::detail`.
// ENFORCED: not
// OK PRINTS: timed_out, DMA is blocked
// SAYS: verified, DMA goes through
// WHY: C++ has no lock for a namespace. What is in there can make evidence of nothing.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> handler(Scope& scope) { return Flr::run(scope); }
#else
rg::Verdict<Flr> handler(Scope& scope) { return rg::detail::StepAccess::pass<Flr>(scope, rg::detail::step_id<Flr>(), false); }
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  show(nic, rg::reset(nic, handler));
}
