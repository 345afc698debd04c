// RULE: A coroutine that returns its failures compiles without a warning.
// WHY: `RESET_GUARD_CO_TRY` and `RESET_GUARD_CO_CHECK` return with co_return.
// STANDARD: C++20
#include "device.hpp"

#include <coroutine>

struct Coroutine {
  struct promise_type {
    Coroutine get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_value(rg::Error) {}
    void unhandled_exception() {}
  };
};

template <class T>
struct Awaited {
  rg::Result<T> (*act)(Nic&);
  Nic& nic;
  bool await_ready() { return true; }
  void await_suspend(std::coroutine_handle<>) {}
  rg::Result<T> await_resume() { return act(nic); }
};

rg::Status wait(Nic& nic) { return attempt(nic); }
rg::Result<int> read(Nic&) { return 7; }

Coroutine act(Nic& nic) {
  RESET_GUARD_CO_CHECK(co_await Awaited<void>{wait, nic});
  RESET_GUARD_CO_TRY(int first, co_await Awaited<int>{read, nic});
  RESET_GUARD_CO_TRY(int second, co_await Awaited<int>{read, nic});
  co_return rg::Error(rg::Errc::io, first + second, "act");
}
