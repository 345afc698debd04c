// RULE: A step calls `pass(scope)` when its act was done, and not before.
// ENFORCED: not
// OK PRINTS: timed_out, DMA is blocked
// SAYS: verified, DMA goes through
// WHY: Evidence is the step's word, and everything else rests on it. That is why only the step can give it, in one
// place that can be read.
#include "device.hpp"

struct Ping : rg::ResetStep<Ping> {
#ifdef OK
  static rg::Verdict<Ping> in(Scope& scope) {
    if (scope.device().firmware_answers) return pass(scope);
    return fail(scope, rg::Error(rg::Errc::timed_out, -110, "ping"));
  }
#else
  static rg::Verdict<Ping> in(Scope& scope) {
    return pass(scope);  // it always answers
  }
#endif
};

int main() {
  Nic nic;
  nic.firmware_answers = false;
  show(nic, rg::reset(nic, Ping::in));
}
