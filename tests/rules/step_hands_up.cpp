// RULE: Return what `fail(scope, error)` and `pass(scope)` return.
// WHY: `fail()` returns the error with its number, which `overrule()` needs.
// ENFORCED: by strict (nodiscard)
#include "device.hpp"

// CASE: fail() is called, and the plain error returned
// MESSAGE: reset_guard: this drops
namespace step_hands_up {
const rg::Error no_answer(rg::Errc::timed_out, -110, "ping");

struct Ping : rg::Step<Ping> {
#ifdef GOOD
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
}  // namespace step_hands_up

// CASE: the answers of pass(), fail() and join() ignored
// ENFORCED: by strict (nodiscard; clang: typestate except error evidence)
namespace evidence {
struct Inside : rg::Step<Inside> {
  static void drops_pass(Scope& scope) {
    pass(scope);  // BAD evidence
    // GOOD: [[maybe_unused]] auto evidence = pass(scope);
  }
  static rg::Error drops_fail(Scope& scope, rg::Error error) {
    fail(scope, error);  // BAD error
    // GOOD: return fail(scope, error);
    return error;
  }
};

rg::Status drops_both(Scope& scope) {
  RESET_GUARD_TRY(auto first, BusReset::run(scope));
  RESET_GUARD_TRY(auto second, FirmwareAck::wait(scope));
  rg::join(RESET_GUARD_MOVE(first), RESET_GUARD_MOVE(second));  // BAD verdict
  // GOOD: rg::join(RESET_GUARD_MOVE(first), RESET_GUARD_MOVE(second)).discard("a control");
  return rg::ok();
}
}  // namespace evidence
