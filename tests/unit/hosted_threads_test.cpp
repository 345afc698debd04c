// Threads as owners: one resets, the others wait or are told `busy`.
#include "fixtures.hpp"

#include <reset_guard/hosted/threads.hpp>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

using namespace core_test;
using namespace std::chrono_literals;

namespace {

struct ThreadDevice {
  rg::SharedResetState<rg::ThreadWaiting> reset_state;
  int open = 0, resets = 0;  // plain: each access is the owner's
  const rg::Owner* reset_owner() noexcept { return rg::this_thread_owner(); }
  rg::Status reset_prepare() noexcept {
    ++open;
    return rg::ok();
  }
  rg::Status reset_done(Outcome) noexcept {
    --open;
    ++resets;
    return rg::ok();
  }
};
using ThreadScope = rg::ResetScope<ThreadDevice>;
using ThreadOwned = rg::OwnedScope<ThreadDevice>;

struct Work : rg::ResetStep<Work> {
  using Witness = Satisfied;
  static rg::Verdict<Work> in(ThreadScope& scope) { return pass_if(scope, rg::ok(), Witness()); }
};

auto deadline(std::chrono::milliseconds length) { return std::chrono::steady_clock::now() + length; }

}  // namespace

TEST_CASE("Threads: each is another owner, and always the same one") {
  const rg::Owner* here = rg::this_thread_owner();
  const rg::Owner* there = nullptr;
  std::thread([&] { there = rg::this_thread_owner(); }).join();
  CHECK(here == rg::this_thread_owner());
  CHECK(here != there);
}

TEST_CASE("Threads: those that wait reset one after the other, and none is lost") {
  ThreadDevice device;
  std::vector<std::thread> threads;
  std::atomic<int> verified{0};
  for (int i = 0; i != 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round != 500; ++round) {
        auto verdict = rg::reset_until(device, deadline(60s), [&](ThreadScope& scope) {
          if (device.open != 1) std::abort();
          return Work::in(scope);
        });
        if (code_of(std::move(verdict)) == Errc{}) ++verified;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(verified == 2000);
  CHECK(device.resets == 2000);
  CHECK(device.open == 0);
}

TEST_CASE("Threads: at the deadline a thread that waits is told timed_out") {
  ThreadDevice device;
  ThreadOwned held = value_in(ThreadOwned::enter(device));
  Errc told{};
  std::thread([&] { told = code_of(rg::enter_until(device, deadline(20ms))); }).join();
  CHECK(told == Errc::timed_out);
  CHECK(code_of(held.finish(Work::in(held))) == Errc{});
}

TEST_CASE("Threads: a work queue finishes a reset that was handed over to it") {
  ThreadDevice device;
  std::mutex mutex;
  std::optional<ThreadOwned> queue;
  std::atomic<const rg::Owner*> worker_owner{nullptr};
  std::atomic<bool> stop{false};
  Errc answer = Errc::abandoned;
  std::thread worker([&] {
    worker_owner = rg::this_thread_owner();
    while (!stop) {
      const std::lock_guard<std::mutex> lock(mutex);
      if (!queue) continue;
      answer = code_of(queue->finish(Work::in(*queue)));
      queue.reset();
      stop = true;
    }
  });
  while (worker_owner == nullptr) std::this_thread::yield();
  {
    ThreadOwned scope = value_in(ThreadOwned::enter(device));
    CHECK(code_of(scope.hand_over(worker_owner.load())) == Errc{});
    const std::lock_guard<std::mutex> lock(mutex);
    queue.emplace(std::move(scope));
  }
  worker.join();
  CHECK(answer == Errc{});
  CHECK(device.resets == 1);
}

TEST_CASE("Threads: quarantine, reset and depth may be asked for while another thread resets") {
  ThreadDevice device;
  std::atomic<bool> stop{false};
  std::thread other([&] {
    while (!stop) code_of(rg::reset(device, [](ThreadScope& scope) { return Work::in(scope); }));
  });
  unsigned seen = 0;
  for (int i = 0; i != 20'000; ++i) {
    seen |= static_cast<unsigned>(device.reset_state.quarantined()) | device.reset_state.depth() << 1;
  }
  stop = true;
  other.join();
  CHECK((seen & ~2u) == 0);  // never quarantined, never deeper than 1
  CHECK_FALSE(device.reset_state.in_reset());
}
