// RULE: A step hands up what `fail(scope, error)` and `pass(scope)` return.
// ENFORCED: compile
// SAYS: reset_guard: this drops
// WHY: `fail()` returns the error with its number: only with that can it be named to `overrule()`.
#include "device.hpp"

const rg::Error no_answer(rg::Errc::timed_out, -110, "ping");

struct Ping : rg::Step<Ping> {
#ifdef OK
  static rg::Verdict<Ping> in(Scope& scope) {
    if (scope.device().firmware_answers) return pass(scope);
    return fail(scope, no_answer);
  }
#else
  static rg::Verdict<Ping> in(Scope& scope) {
    if (scope.device().firmware_answers) return pass(scope);
    fail(scope, no_answer);
    return no_answer;
  }
#endif
};

int main() {
  Nic nic;
  const auto handler = [](Scope& scope) -> rg::Verdict<BusReset> {
    RESET_GUARD_TRY([[maybe_unused]] auto answered, Ping::in(scope));
    return BusReset::run(scope);
  };
  return exit_status(rg::reset(nic, handler));
}
