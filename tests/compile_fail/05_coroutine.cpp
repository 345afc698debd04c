// HOLE 5: a variable that is cast to void, in a coroutine
// EXPECT plain: - - -
// EXPECT typestate clang: C C C
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include <coroutine>

#include "device.hpp"

struct Coroutine {
  struct promise_type {
    Coroutine get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  [](Scope& scope) -> Coroutine {
    auto result = Flr::run(scope.device());
    (void)result;  // BAD scope
    // GOOD: RESET_GUARD_MOVE(result).discard("a control");
    co_return;
  }(scope);
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  [](Scope& scope) -> Coroutine {
    auto result = FirmwareAck::wait(scope);
    (void)result;  // BAD step
    // GOOD: RESET_GUARD_MOVE(result).discard("a control");
    co_return;
  }(scope);
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  [](Scope& scope) -> Coroutine {
    auto result = attempt(scope.device());
    (void)result;  // BAD status
    // GOOD: RESET_GUARD_MOVE(result).discard("a control");
    co_return;
  }(scope);
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
