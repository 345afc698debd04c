// A coroutine that hands failures up, with and without a value.
#include <coroutine>

#include "device.hpp"

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
  rg::Result<T> (*act)(Device&);
  Device& device;
  bool await_ready() { return true; }
  void await_suspend(std::coroutine_handle<>) {}
  rg::Result<T> await_resume() { return act(device); }
};

rg::Status wait(Device& device) { return attempt(device); }
rg::Result<int> read(Device&) { return 7; }

Coroutine act(Device& device) {
  RESET_GUARD_CO_CHECK(co_await Awaited<void>{wait, device});
  RESET_GUARD_CO_TRY(int first, co_await Awaited<int>{read, device});
  RESET_GUARD_CO_TRY(int second, co_await Awaited<int>{read, device});
  co_return rg::Error(rg::Errc::io, first + second, "act");
}
