// RULE: Report a step's failure through `fail(scope, error)`.
// WHY: The ledger knows what passed through a scope, `pass(scope)` or `fail(scope, error)`. An error that a step merely
//   returns is lost when its caller drops it.
// ENFORCED: by nobody
// LIMIT: A step may return an error of its own, and the library cannot see where an error was made.
// PRINTS: verified, DMA goes through
// GOOD PRINTS: unresolved_failure, DMA is blocked
#include "device.hpp"

struct Ping : rg::Step<Ping> {
#ifdef GOOD
  static rg::Verdict<Ping> in(Scope& scope) {
    if (scope.device().firmware_answers) return pass(scope);
    return fail(scope, rg::Error(rg::Errc::timed_out, -110, "ping"));
  }
#else
  static rg::Verdict<Ping> in(Scope& scope) {
    if (scope.device().firmware_answers) return pass(scope);
    return rg::Error(rg::Errc::timed_out, -110, "ping");
  }
#endif
};

int main() {
  Nic nic;
  nic.firmware_answers = false;
  show(nic, rg::reset(nic, [](Scope& scope) {
         Ping::in(scope).discard("nobody will notice");
         return BusReset::run(scope);
       }));
}
