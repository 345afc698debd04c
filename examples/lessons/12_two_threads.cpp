// Lesson 12: two threads. The count belongs to the device: it cannot tell a nested reset from the reset of another
// thread. So a caller that resets a device must hold its lock. The program plays one of the many possible orders,
// the first thread on the left, the second on the right.
#include <cstdio>
#include <initializer_list>
#include <optional>
#include <reset_guard/reset_guard.hpp>
#include <utility>

namespace rg = reset_guard;

struct Nic {
  rg::ResetState reset_state;
  bool locked = false;
  int scratch = 0;  // a register that a reset clears
  int thread = 1;   // the one that runs

  void say(const char* what) const { std::printf("%*s%s\n", thread == 1 ? 2 : 34, "", what); }
  rg::Status reset_prepare() noexcept {
    say("prepare: DMA is blocked");
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    say(outcome == rg::Outcome::failed ? "done: DMA stays blocked" : "done: DMA goes through");
    return rg::ok();
  }
};

struct Flr : rg::ResetStep<Flr> {
  static rg::Status act(Nic& nic) noexcept {
    nic.say("FLR");
    nic.scratch = 0;
    return rg::ok();
  }
  struct Witness {
    explicit Witness(Nic& nic) noexcept { nic.scratch = 1; }
    rg::Status check(Nic& nic) const noexcept {
      if (nic.scratch == 0) return rg::ok();
      return rg::Error(rg::Errc::io, 0, "FLR");
    }
  };
};

struct Thread {
  Nic& nic;
  int number;
  std::optional<rg::OwnedScope<Nic>> scope{};

  bool lock() {
    nic.thread = number;
    if (nic.locked) nic.say("the lock is taken: waits");
    return !std::exchange(nic.locked, true);
  }
  void enter() {
    nic.thread = number;
    auto entered = rg::OwnedScope<Nic>::enter(nic);
    if (entered.failed()) return nic.say(rg::to_string(std::move(entered).error().code()));
    scope.emplace(std::move(entered).take());
    if (nic.reset_state.depth() == 2) nic.say("depth 2, as if it were nested");
  }
  bool finish() {
    nic.thread = number;
    nic.locked = false;
    auto verdict = scope->finish(Flr::run(*scope));
    if (!verdict.failed()) return true;
    nic.say(rg::to_string(std::move(verdict).error().code()));
    return false;
  }
};

int main() {
  std::puts("without a lock");
  Nic shared;
  Thread first{shared, 1}, second{shared, 2};
  first.enter();
  second.enter();
  bool verified = true;
  for (Thread* thread : {&first, &second}) verified = thread->finish() && verified;
  std::puts(verified ? "both resets are verified" : "the resets fail");

  std::puts("with the device's lock");
  if (first.lock()) first.enter();
  if (second.lock()) second.enter();  // not yet
  verified = first.finish();
  if (second.lock()) second.enter();
  verified = second.finish() && verified;
  std::puts(verified ? "both are verified, one after the other" : "the resets fail");
}

// In the other order both resets succeed, and the missing lock goes unnoticed: a race depends on timing.
//
// Break it: replace
//   {&first, &second}
// by
//   {&second, &first}
// and it prints: both resets are verified
