// Port 8: a driver of coroutines, which waits for the controller to stop, does not look at whether it did, and goes on,
// as the NVMe driver of https://github.com/managarm/managarm does.
#include <coroutine>
#include <cstdio>
#define RESET_GUARD_STRICT 1
#include <exception>
#include <optional>
#include <reset_guard/reset_guard.hpp>
#include <utility>

namespace rg = reset_guard;

template <class T>
struct Task {
  struct promise_type {
    std::optional<T> value;
    Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    template <class U>
    void return_value(U&& result) {
      value.emplace(std::forward<U>(result));
    }
    void unhandled_exception() { std::terminate(); }
  };
  explicit Task(std::coroutine_handle<promise_type> its_handle) : handle(its_handle) {}
  Task(Task&& other) noexcept : handle(std::exchange(other.handle, nullptr)) {}
  ~Task() {
    if (handle) handle.destroy();
  }
  std::coroutine_handle<promise_type> handle;
};

// A controller: CSTS.RDY follows CC.EN, unless it hangs. When it has stopped, it is reset.
struct Registers {
  bool hangs = false, blocked = false, enabled = true, ready = true;
  int key = 42;            // of the last user
  int interrupt_mask = 0;  // INTMS; a controller reset clears it

  void wait_until_ready_is_enabled() {
    if (hangs || ready == enabled) return;
    ready = enabled;
    if (!ready) key = interrupt_mask = 0;
  }
};

// co_await Enable{nvme, false}: whether CSTS.RDY has followed in time. The program's loop waits, and resumes.
std::coroutine_handle<> suspended;
struct Enable {
  Registers& nvme;
  bool wanted;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> self) {
    nvme.enabled = wanted;
    suspended = self;
  }
  bool await_resume() { return nvme.ready == wanted; }
};

namespace before {
// [before]
Task<bool> reset(Registers& nvme) {
  nvme.blocked = true;
  if (!co_await Enable{nvme, false}) std::fputs("timed out, resetting anyway\n", stderr);
  const bool ready = co_await Enable{nvme, true};
  nvme.blocked = false;
  co_return ready;
}
// [before]
}  // namespace before

struct Controller : Registers {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept {
    blocked = true;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    blocked = outcome == rg::Outcome::failed;
    return rg::ok();
  }
};

using Scope = rg::OwnedScope<Controller>;
RESET_GUARD_MUST_USE rg::Status status_of(bool good, rg::Errc error, rg::Literal where) {
  if (good) return rg::ok();
  return rg::Error(error, 0, where);
}

struct ControllerReset : rg::ResetStep<ControllerReset> {
  struct Witness {
    explicit Witness(Controller& nvme) noexcept { nvme.interrupt_mask = 1; }
    rg::Status check(Controller& nvme) const noexcept {
      return status_of(nvme.interrupt_mask == 0, rg::Errc::io, "the mark is still there");
    }
  };
  RESET_GUARD_MUST_USE static rg::Verdict<ControllerReset> after_stop(Scope& scope, bool stopped,
                                                                      const Witness& witness) {
    return pass_if(scope, status_of(stopped, rg::Errc::timed_out, "stop"), witness);
  }
};

RESET_GUARD_MUST_USE Task<rg::Verdict<ControllerReset>> reset(Controller& nvme) {
  // [after]
  RESET_GUARD_CO_TRY(auto scope, Scope::enter(nvme));
  const ControllerReset::Witness witness(nvme);
  const bool stopped = co_await Enable{nvme, false};
  RESET_GUARD_CO_TRY(auto evidence, ControllerReset::after_stop(scope, stopped, witness));
  RESET_GUARD_CO_CHECK(status_of(co_await Enable{nvme, true}, rg::Errc::timed_out, "start"));
  RESET_GUARD_CO_TRY(auto proof, scope.finish(std::move(evidence)));
  co_return proof;
  // [after]
}

const char* answer_of(bool ready) { return ready ? "true" : "false"; }
const char* answer_of(rg::Verdict<ControllerReset> verdict) {
  if (verdict.failed()) return std::move(verdict).error().where();
  return std::move(verdict).take().claimed() ? "claimed" : "verified";
}
const char* state_of(const Registers&) { return "(nobody can tell)"; }
const char* state_of(const Controller& nvme) { return to_string(nvme.reset_state.quarantine_reason().code()); }

template <class Device, class Reset>
void run(const char* version, const char* event, Reset reset) {
  Device nvme;
  nvme.hangs = event[0] == 'h';
  const char* answer = nullptr;
  {
    auto task = reset(nvme);
    for (; event[0] != 'i' && !task.handle.done(); suspended.resume()) nvme.wait_until_ready_is_enabled();
    if (task.handle.done()) answer = answer_of(std::move(*task.handle.promise().value));
  }
  std::printf("%-6s | %-13s | key %s, DMA %-7s | %s\n", version, event, nvme.key == 0 ? "gone" : "kept",
              nvme.blocked ? "blocked" : "open", answer != nullptr ? answer : state_of(nvme));
}

int main() {
  for (const char* event : {"stops in time", "hangs", "is cancelled"}) {
    run<Registers>("before", event, before::reset);
    run<Controller>("after", event, reset);
  }
}

// The old fault: the wait's answer is not looked at. In the ported driver the reset's own witness finds it.
//
// Break it: replace
//   RESET_GUARD_CO_TRY(auto evidence, ControllerReset::after_stop(scope, stopped, witness));
// by
//   (void)stopped; RESET_GUARD_CO_TRY(auto evidence, ControllerReset::after_stop(scope, true, witness));
// and it prints: after  | hangs         | key kept, DMA blocked | the mark is still there
