// RULE: Check a result in a variable of a coroutine instead of silencing the warning.
// WHY: clang's analysis covers coroutines, too.
// ENFORCED: by strict (clang: typestate), at run time except status
// LIMIT: A plain Status passes through no scope, so the library cannot see at run time that it was dropped.
// FOR EACH: reset, step, status
// STANDARD: C++20
// PRINTS: unresolved_failure
// PRINTS status: verified
#include "device.hpp"

#include <coroutine>

namespace in_coroutine {
struct Coroutine {
  struct promise_type {
    Coroutine get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

rg::Verdict<BusReset> drops(Scope& scope) {
  [](Scope& scope) -> Coroutine {
    auto result = Flr::run(scope.device());
    (void)result;  // BAD
    // GOOD: RESET_GUARD_MOVE(result).discard("a control");
    co_return;
  }(scope);
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace in_coroutine
