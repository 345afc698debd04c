// RULE: Do not use names from `reset_guard::detail`.
// WHY: C++ cannot close a namespace. The functions in there can make evidence of nothing.
// ENFORCED: by nobody
// LIMIT: C++ has no private namespace.
// PRINTS: verified, DMA goes through
// GOOD PRINTS: timed_out, DMA is blocked
#include "device.hpp"

#ifdef GOOD
rg::Verdict<Flr> handler(Scope& scope) { return Flr::run(scope); }
#else
rg::Verdict<Flr> handler(Scope& scope) { return rg::detail::StepAccess::pass<Flr>(scope, rg::detail::step_id<Flr>(), false); }
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  show(nic, rg::reset(nic, handler));
}
