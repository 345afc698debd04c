// Threads that reset devices with random faults, for ThreadSanitizer: each hook writes plain memory of its device, so
// that two owners inside, or an order that the protocol does not give, is a data race. At the end each device's account
// must balance.
//
// STRESS_RELAXED builds it with atomics that order nothing: ThreadSanitizer must find that.
#include <reset_guard/hosted/threads.hpp>
#include <reset_guard/reset_guard.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <list>
#include <mutex>
#include <random>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

namespace rg = reset_guard;
using rg::Errc;
using rg::Error;
using rg::Outcome;
using namespace std::chrono_literals;

constexpr const char* usage =
    "Usage: stress [--operations N] [--help]\n"
    "Four threads reset 64 devices, N times in all (default 2000000), with random faults.\n"
    "Exit status: 0 each device's account balances; 1 one does not, or an operation was never done; 2 wrong usage.\n";

#ifdef STRESS_RELAXED
struct RelaxedAtomics : rg::BuiltinAtomics {
  static std::uintptr_t acquire(const std::uintptr_t& word) noexcept {
    return __atomic_load_n(&word, __ATOMIC_RELAXED);
  }
  static void release(std::uintptr_t& word, std::uintptr_t value) noexcept {
    __atomic_store_n(&word, value, __ATOMIC_RELAXED);
  }
  static std::uintptr_t exchange(std::uintptr_t& word, std::uintptr_t value) noexcept {
    return __atomic_exchange_n(&word, value, __ATOMIC_RELAXED);
  }
  static bool replace(std::uintptr_t& word, std::uintptr_t expected, std::uintptr_t value) noexcept {
    return __atomic_compare_exchange_n(&word, &expected, value, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
  }
};
using State = rg::BasicResetState<rg::ManyOwners<rg::ThreadWaiting, RelaxedAtomics>>;
#else
using State = rg::SharedResetState<rg::ThreadWaiting>;
#endif

// All but the state is its owner's alone.
struct Device {
  State reset_state;
  std::uint64_t prepares = 0, dones = 0, events = 0;
  bool inside = false;
  Outcome last = Outcome::verified;

  const rg::Owner* reset_owner() const noexcept { return rg::this_thread_owner(); }
  rg::Status reset_prepare() noexcept {
    if (prepare_fails_next) return Error(Errc::no_memory, 0, "prepare");
    if (std::exchange(inside, true)) rg::trap("two owners are inside");
    ++prepares;
    return rg::ok();
  }
  rg::Status reset_done(Outcome outcome) noexcept {
    if (outcome != Outcome::released) {
      if (!std::exchange(inside, false)) rg::trap("done is called twice");
      ++dones;
    }
    last = done_fails_next ? Outcome::failed : outcome;
    if (done_fails_next) return Error(Errc::io, 0, "done");
    return rg::ok();
  }
  void reset_trace(const rg::TraceEvent&) noexcept { ++events; }

  static inline thread_local bool prepare_fails_next = false, done_fails_next = false;
};
using Scope = rg::ResetScope<Device>;
using Owned = rg::OwnedScope<Device>;

struct Work : rg::ResetStep<Work> {
  struct Witness {
    explicit Witness(Device&) noexcept {}
    RESET_GUARD_MUST_USE rg::Status check(Device& device) const noexcept {
      return device.inside ? rg::ok() : rg::Status(Error(Errc::io, 0, "nobody is inside"));
    }
  };
  RESET_GUARD_MUST_USE static rg::Verdict<Work> in(Scope& scope, bool fails = false) {
    if (fails) return fail(scope, Error(Errc::io, 0, "work"));
    return pass_if(scope, rg::ok(), Witness(scope.device()));
  }
};

template <class T>
Errc code_of(rg::Result<T> result) {
  if (result.failed()) return std::move(result).error().code();
  std::move(result).discard("a success needs no value here");
  return Errc{};
}

constexpr unsigned thread_count = 4, device_count = 64;
std::array<Device, device_count> devices;

// What is handed over to a thread. A list: one that moves its elements would use devices of other owners.
struct Inbox {
  std::mutex mutex;
  std::list<Owned> scopes;
};
std::array<Inbox, thread_count> inboxes;
std::array<const rg::Owner*, thread_count> owners;
std::atomic<unsigned> started{0}, ended{0};

enum Operation : unsigned {
  plain,
  nested,
  step_fails,
  prepare_fails,
  done_fails,
  waits,
  waits_long,
  hands_over,
  releases,
  asks,
  operation_count
};
constexpr std::array<const char*, operation_count> names = {
    "reset",       "nested",      "step fails", "prepare fails",      "done fails",
    "reset_until", "enter_until", "hand_over",  "release_quarantine", "asked from outside"};
struct Count {
  std::uint64_t done = 0, refused = 0;  // busy or timed_out
};
using Counts = std::array<Count, operation_count>;

void end_what_was_handed_over(unsigned me) {
  std::list<Owned> scopes;
  {
    const std::lock_guard<std::mutex> lock(inboxes[me].mutex);
    scopes.swap(inboxes[me].scopes);
  }
  for (Owned& scope : scopes) {
    // A reset of the receiver's own, nested in this one, may have failed.
    if (code_of(scope.finish(Work::in(scope))) == Errc::busy) rg::trap("what was handed over is another one's");
  }
}

Errc hand_over(Device& device, unsigned to) {
  auto entered = Owned::enter(device);
  if (entered.failed()) return std::move(entered).error().code();
  // The object first: from hand_over() on the device is the other one's.
  const std::lock_guard<std::mutex> lock(inboxes[to].mutex);
  Owned& scope = inboxes[to].scopes.emplace_back(std::move(entered).take());
  if (scope.depth() == 1) return code_of(scope.hand_over(owners[to]));
  // Nested in what was handed over to this thread a moment ago.
  const Errc answer = code_of(scope.hand_over(owners[to]));
  if (answer != Errc::out_of_order || code_of(scope.finish(Work::in(scope))) == Errc::busy) rg::trap("not its owner");
  inboxes[to].scopes.pop_back();
  return answer;
}

Errc run(Operation operation, Device& device, unsigned other) {
  const auto work = [](Scope& scope) { return Work::in(scope); };
  const auto soon = [] { return std::chrono::steady_clock::now() + 200us; };
  switch (operation) {
    case plain: return code_of(rg::reset(device, work));
    case nested: return code_of(rg::reset(device, [&](Scope& scope) { return rg::reset(scope.device(), work); }));
    case step_fails: return code_of(rg::reset(device, [](Scope& scope) { return Work::in(scope, true); }));
    case prepare_fails: {
      Device::prepare_fails_next = true;
      const Errc answer = code_of(rg::reset(device, work));
      Device::prepare_fails_next = false;
      return answer;
    }
    case done_fails: {
      Device::done_fails_next = true;
      const Errc answer = code_of(rg::reset(device, work));
      Device::done_fails_next = false;
      return answer;
    }
    case waits: return code_of(rg::reset_until(device, soon(), work));
    case waits_long: {
      auto entered = rg::enter_until(device, soon());
      if (entered.failed()) return std::move(entered).error().code();
      Owned scope = std::move(entered).take();
      return code_of(scope.finish(Work::in(scope)));
    }
    case hands_over: return hand_over(device, other);
    case releases: return code_of(rg::release_quarantine(device, "test"));
    default:
      if (device.reset_state.depth() > 3) rg::trap("deeper than any reset");
      device.reset_state.quarantined();
      return Errc{};
  }
}

void thread(unsigned me, std::uint64_t operations, Counts& counts) {
  owners[me] = rg::this_thread_owner();
  for (++started; started != thread_count;) std::this_thread::yield();
  std::minstd_rand random(me + 1);
  for (std::uint64_t i = 0; i != operations; ++i) {
    const auto operation = static_cast<Operation>(random() / 64 % operation_count);
    // Half of them go to two devices, for which the threads wait then.
    const auto drawn = static_cast<unsigned>(random() / 64);
    Device& device = devices[drawn % 2 == 0 ? drawn / 2 % 2 : drawn / 2 % device_count];
    const Errc answer = run(operation, device, (me + 1 + drawn / 256 % (thread_count - 1)) % thread_count);
    ++(answer == Errc::busy || answer == Errc::timed_out ? counts[operation].refused : counts[operation].done);
    end_what_was_handed_over(me);
  }
  for (++ended; ended != thread_count;) {
    end_what_was_handed_over(me);
    std::this_thread::yield();
  }
  end_what_was_handed_over(me);
}

bool balances(const Device& device) {
  const bool failed = device.last != Outcome::verified && device.last != Outcome::released;
  return device.prepares == device.dones && !device.inside && !device.reset_state.in_reset() &&
         device.reset_state.depth() == 0 && device.reset_state.quarantined() == failed;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t operations = 2'000'000;
  if (argc == 3 && std::string_view(argv[1]) == "--operations") {
    operations = std::strtoull(argv[2], nullptr, 10);
  } else if (argc != 1) {
    const bool asked = argc == 2 && std::string_view(argv[1]) == "--help";
    std::fputs(usage, asked ? stdout : stderr);
    return asked ? 0 : 2;
  }

  rg::set_trap_handler([](const char* rule) noexcept { std::fprintf(stderr, "trap: %s\n", rule); });
  std::array<Counts, thread_count> counts{};
  std::vector<std::thread> threads;
  for (unsigned i = 0; i != thread_count; ++i) {
    threads.emplace_back(thread, i, operations / thread_count, std::ref(counts[i]));
  }
  for (std::thread& each : threads) each.join();

  int status = 0;
  for (unsigned operation = 0; operation != operation_count; ++operation) {
    Count all;
    for (const Counts& each : counts) {
      all.done += each[operation].done;
      all.refused += each[operation].refused;
    }
    std::printf("%-18s %8llu done %8llu busy or timed out\n", names[operation],
                static_cast<unsigned long long>(all.done), static_cast<unsigned long long>(all.refused));
    if (all.done == 0) status = 1;
  }
  std::uint64_t resets = 0, quarantined = 0;
  for (const Device& device : devices) {
    resets += device.dones;
    quarantined += device.reset_state.quarantined();
    if (!balances(device)) {
      std::printf("device %d does not balance: prepares=%llu dones=%llu\n", static_cast<int>(&device - devices.data()),
                  static_cast<unsigned long long>(device.prepares), static_cast<unsigned long long>(device.dones));
      status = 1;
    }
  }
  std::printf("resets=%llu quarantined=%llu balance=%s\n", static_cast<unsigned long long>(resets),
              static_cast<unsigned long long>(quarantined), status == 0 ? "yes" : "no");
  return status;
}
