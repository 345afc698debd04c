// RULE: Return errors from a handler instead of throwing them.
// WHY: An exception ends the scope as failed and propagates: the device is safe, but the reason does not contain what
//   was thrown.
// ENFORCED: at run time
#include "device.hpp"

// CASE: in the place of an error
// PRINTS: the reason: abandoned
// GOOD PRINTS: the reason: io
namespace handler_exception {
#ifdef GOOD
rg::Verdict<Flr> handler(Scope& scope) {
  if (!scope.device().firmware_answers) return rg::Error(rg::Errc::io, -5, "firmware");
  return Flr::run(scope);
}
#else
rg::Verdict<Flr> handler(Scope& scope) {
  if (!scope.device().firmware_answers) throw -5;
  return Flr::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.firmware_answers = false;
  try {
    if (exit_status(rg::reset(nic, handler)) == 0) return 1;
  } catch (int) {
  }
  std::printf("the reason: %s\n", to_string(nic.reset_state.quarantine_reason().code()));
  return 0;
}
}  // namespace handler_exception

// CASE: past the scope
// PRINTS: caught abandoned blocked
// GOOD PRINTS: verified
namespace exception {
static void may_throw(Scope& scope) {
  if (scope.outermost()) throw 1;  // BAD
  // GOOD: if (!scope.outermost()) throw 1;
}

int main() {
  Nic nic;
  try {
    auto verdict = rg::reset(nic, [](Scope& scope) {
      may_throw(scope);
      return BusReset::run(scope);
    });
    say(nic, RESET_GUARD_MOVE(verdict));
  } catch (int) {
    puts("caught");
    if (!nic.reset_state.quarantined()) return 1;
    puts(rg::to_string(nic.reset_state.quarantine_reason().code()));
    puts(nic.dma_blocked ? "blocked" : "free");
  }
  return 0;
}
}  // namespace exception

// CASE: after a failure was recorded
// PRINTS: caught timed_out blocked
// GOOD PRINTS: timed_out
namespace exception_after_a_failure {
int main() {
  Nic nic;
  nic.flr_works = false;
  try {
    auto verdict = rg::reset(nic, [](Scope& scope) -> rg::Verdict<Flr> {
      auto flr = Flr::run(scope.device());
      if (flr.failed()) throw 1;  // BAD
      // GOOD: if (!flr.failed()) throw 1;
      return flr;
    });
    say(nic, RESET_GUARD_MOVE(verdict));
  } catch (int) {
    puts("caught");
    if (!nic.reset_state.quarantined()) return 1;
    puts(rg::to_string(nic.reset_state.quarantine_reason().code()));
    puts(nic.dma_blocked ? "blocked" : "free");
  }
  return 0;
}
}  // namespace exception_after_a_failure

// CASE: out of a nested reset, and caught in the outer one
// PRINTS: unresolved_failure
// GOOD PRINTS: verified
namespace caught_inside {
static rg::Verdict<Flr> interrupted(Scope& scope) {
  if (scope.depth() == 2) throw 1;  // BAD
  // GOOD: if (scope.depth() == 3) throw 1;
  return Flr::run(scope.device());
}

int main() {
  Nic nic;
  auto verdict = rg::reset(nic, [](Scope& scope) -> rg::Verdict<BusReset> {
    try {
      rg::reset(scope.device(), interrupted).discard("a test");
    } catch (int) {
    }
    return BusReset::run(scope);
  });
  say(nic, RESET_GUARD_MOVE(verdict));
  return 0;
}
}  // namespace caught_inside
