// The shipped protocol of owners under every interleaving of a few threads: its atomics and its waiting are policies,
// and those here hand control to a scheduler before each access. The threads are fibers of one thread, so a schedule is
// repeated exactly.
//
// Schedules are tried depth first: all of them, or those in which an owner that could run on is stopped for another one
// at most so many times as the line of the output says. Two that differ only in the order of independent accesses (of
// different words, or two loads of one) are one: sleep sets (P. Godefroid, Partial-Order Methods, LNCS 1032, chapter 5)
// leave out the second. With such a bound they may leave out more.
#include <reset_guard/owner.hpp>
#include <reset_guard/reset_guard.hpp>

#include <ucontext.h>

#include <array>
#include <csetjmp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <new>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace rg = reset_guard;
using rg::Errc;
using rg::Error;
using rg::Outcome;

constexpr const char* usage =
    "Usage: interleavings [--full] [--preemptions N] [--bug NAME] [SCENARIO...] [--help]\n"
    "Runs short programs of two or three owners of one device in every order of their accesses.\n"
    "  SCENARIO         a program for each owner, as u|f|q; default: pairs of programs of one operation, and more\n"
    "  --full           also pairs of two operations, and triples of one\n"
    "  --preemptions N  of the scenarios only the schedules with at most so many; default: all\n"
    "  --bug NAME       with an environment that breaks its contract:\n"
    "                   split_replace  a replace() that is a load and a store\n"
    "                   late_sleep     a wait() that does not look at the word again before it sleeps\n"
    "                   wake_one       a wake() that wakes one of those who wait\n"
    "The operations of a program:\n"
    "  r  reset                              n  reset in a reset\n"
    "  f  reset whose step fails             u  reset_until() without a deadline\n"
    "  p  reset whose prepare fails          d  reset_until() whose deadline may pass\n"
    "  x  reset whose done fails             e  enter_until() without a deadline, and a reset in it\n"
    "  q  release_quarantine()               o  asks for depth and quarantine, from outside\n"
    "  h  hands a reset over to the next     t  ends what was handed over\n"
    "  l  lends its scope to b, and ends it  b  makes evidence in the scope of l\n"
    "Exit status: 0 every schedule is right; 1 one is not, and is printed; 2 wrong usage.\n";

// --- the scheduler ----------------------------------------------------------------------------------------------------

constexpr unsigned most_owners = 3;
constexpr unsigned nobody = most_owners;
using Owners = unsigned;  // a set of them

// What a fiber does when it runs on. One that waits can run on when *ready is true.
struct Access {
  enum Sleepers : std::uint8_t { none, joins, wakes };
  const char* name = "";
  const void* at = nullptr;
  bool writes = false;
  const bool* ready = nullptr;
  Sleepers sleepers = none;
  const std::uintptr_t* expected = nullptr;  // of a replace()

  bool enabled() const { return ready == nullptr || *ready; }
  // A replace() that is going to fail, as things are now, writes nothing.
  void settle() {
    if (expected != nullptr) writes = *static_cast<const std::uintptr_t*>(at) == *expected;
  }
  bool independent(const Access& other) const {
    return (at != other.at || (!writes && !other.writes)) &&
           (sleepers == none || other.sleepers == none || (sleepers == joins && other.sleepers == joins));
  }
};

class Fibers {
 public:
  using Program = void (*)(unsigned owner);

  // Each runs to its first access.
  void begin(unsigned count, Program program) {
    program_ = program;
    for (unsigned i = 0; i != count; ++i) {
      Fiber& fiber = fibers_[i];
      fiber.begun = fiber.ended = false;
      if (getcontext(&fiber.context) != 0) std::abort();
      fiber.context.uc_stack.ss_sp = fiber.stack.data();
      fiber.context.uc_stack.ss_size = fiber.stack.size();
      makecontext(&fiber.context, entry, 0);
      step(i);
    }
  }
  void step(unsigned owner) {
    running_ = owner;
    Fiber& fiber = fibers_[owner];
    if (_setjmp(scheduler_) == 0) {
      if (fiber.begun) _longjmp(fiber.resume, 1);
      fiber.begun = true;
      setcontext(&fiber.context);
      std::abort();
    }
    running_ = nobody;
  }
  // In a fiber: another one may run before `access`. Outside nothing happens.
  void yield(const Access& access) {
    if (running_ == nobody) return;
    Fiber& fiber = fibers_[running_];
    fiber.next = access;
    if (_setjmp(fiber.resume) == 0) _longjmp(scheduler_, 1);
  }
  bool ended(unsigned owner) const { return fibers_[owner].ended; }
  const Access& next(unsigned owner) const { return fibers_[owner].next; }
  unsigned running() const { return running_; }

 private:
  struct Fiber {
    ucontext_t context{};  // to begin with: a switch by it would make a system call each time
    jmp_buf resume{};
    Access next;
    bool begun = false, ended = false;
    std::array<char, 65536> stack;
  };
  static void entry();

  Program program_ = nullptr;
  unsigned running_ = nobody;
  jmp_buf scheduler_{};
  std::array<Fiber, most_owners> fibers_;
};

Fibers fibers;

void Fibers::entry() {
  const unsigned me = fibers.running_;
  fibers.program_(me);
  fibers.fibers_[me].ended = true;
  _longjmp(fibers.scheduler_, 1);
}

unsigned most_preemptions = ~0u;

struct Node {
  std::array<Access, most_owners> next;
  Owners enabled = 0, asleep = 0, tried = 0, bound = ~0u;
  unsigned chosen = 0, previous = nobody, preemptions = 0;

  // An owner that could run on is stopped for another one at most so often.
  void bound_after(const Node& before) {
    previous = before.chosen;
    preemptions = before.preemptions;
    if (before.previous != nobody && before.chosen != before.previous && (before.enabled >> before.previous & 1) != 0) {
      ++preemptions;
    }
    if (preemptions == most_preemptions && (enabled >> previous & 1) != 0) bound = 1u << previous;
  }
  Owners left() const { return enabled & ~asleep & ~tried & bound; }
  void choose(unsigned preferred) {
    chosen = preferred;
    if (preferred != nobody && (left() >> preferred & 1) != 0) return;
    for (chosen = 0; (left() >> chosen & 1) == 0;) ++chosen;
  }
};

std::string scenario;
std::vector<Node> path;

[[noreturn]] void violation(const std::string& what) {
  std::printf("violation: %s\n  in the scenario %s, after", what.c_str(), scenario.c_str());
  for (const Node& node : path) std::printf(" %u:%s", node.chosen, node.next[node.chosen].name);
  std::printf("\n");
  std::fflush(stdout);
  std::_Exit(1);
}
void check(bool holds, const char* what) {
  if (!holds) violation(what);
}

struct Explored {
  std::uint64_t schedules = 0, cut = 0, accesses = 0;
};

// Runs the programs in every order. `begin` makes their world, `end` checks what is left of it.
template <class Begin, class End>
Explored explore(unsigned count, Fibers::Program program, Begin begin, End end) {
  Explored explored;
  path.clear();
  do {
    begin();
    fibers.begin(count, program);
    for (std::size_t at = 0;; ++at) {
      if (at == path.size()) {
        Node node;
        bool all_ended = true;
        for (unsigned i = 0; i != count; ++i) {
          if (fibers.ended(i)) continue;
          all_ended = false;
          node.next[i] = fibers.next(i);
          node.next[i].settle();
          node.enabled |= node.next[i].enabled() ? 1u << i : 0;
        }
        if (all_ended) {
          end();
          ++explored.schedules;
          break;
        }
        if (node.enabled == 0) violation("those who are left wait without end");
        const Node* before = at == 0 ? nullptr : &path.back();
        for (unsigned i = 0; before != nullptr && i != count; ++i) {
          const Owners bit = 1u << i;
          if (i != before->chosen && ((before->asleep | before->tried) & bit) != 0 &&
              before->next[i].independent(before->next[before->chosen])) {
            node.asleep |= bit;
          }
        }
        if (before != nullptr) node.bound_after(*before);
        if (node.left() == 0) {
          ++explored.cut;
          break;
        }
        node.choose(before == nullptr ? nobody : before->chosen);
        path.push_back(node);
        check(path.size() < 1000, "a schedule does not end");
      }
      ++explored.accesses;
      fibers.step(path[at].chosen);
    }
    while (!path.empty()) {
      Node& last = path.back();
      last.tried |= 1u << last.chosen;
      if (last.left() != 0) {
        last.choose(nobody);
        break;
      }
      path.pop_back();
    }
  } while (!path.empty());
  return explored;
}

// --- the policies -----------------------------------------------------------------------------------------------------

bool asked = false;  // by somebody outside: otherwise what is published matters to its owner alone

struct StepAtomics {
  static std::uintptr_t acquire(const std::uintptr_t& word) noexcept {
    fibers.yield({"acquire", &word});
    return word;
  }
  static void release(std::uintptr_t& word, std::uintptr_t value) noexcept {
    fibers.yield({"release", &word, true});
    word = value;
  }
  static std::uintptr_t exchange(std::uintptr_t& word, std::uintptr_t value) noexcept {
    fibers.yield({"exchange", &word, true});
    return std::exchange(word, value);
  }
  static bool replace(std::uintptr_t& word, std::uintptr_t expected, std::uintptr_t value) noexcept {
    fibers.yield({"replace", &word, true, nullptr, Access::none, &expected});
    if (word != expected) return false;
    word = value;
    return true;
  }
  static std::uint32_t read(const std::uint32_t& word) noexcept {
    if (asked) fibers.yield({"read", &word});
    return word;
  }
  static void write(std::uint32_t& word, std::uint32_t value) noexcept {
    if (asked) fibers.yield({"write", &word, true});
    word = value;
  }
};
struct SplitReplace : StepAtomics {
  static bool replace(std::uintptr_t& word, std::uintptr_t expected, std::uintptr_t value) noexcept {
    if (acquire(word) != expected) return false;
    release(word, value);
    return true;
  }
};

// For one device. A deadline is only whether it may pass: it does at any moment, or never.
struct StepWaiting {
  static constexpr bool waits = true;
  static bool wait(const std::uintptr_t& word, std::uintptr_t seen, bool may_pass) {
    fibers.yield({"wait", &word, false, nullptr, Access::joins});
    return word != seen || sleep(word, seen, may_pass);
  }
  static void wake(const std::uintptr_t&) {
    fibers.yield({"wake", nullptr, false, nullptr, Access::wakes});
    woken = sleeping;
  }

  static bool sleep(const std::uintptr_t& word, std::uintptr_t seen, bool may_pass) {
    const unsigned me = fibers.running();
    sleeping[me] = true;
    woken[me] = false;
    fibers.yield({"sleep", &word, false, may_pass ? nullptr : &woken[me], Access::joins});
    sleeping[me] = false;
    return woken[me] || word != seen;
  }
  static inline std::array<bool, most_owners> sleeping{}, woken{};
};
struct LateSleep : StepWaiting {
  static bool wait(const std::uintptr_t& word, std::uintptr_t seen, bool may_pass) {
    fibers.yield({"wait", &word});
    if (word != seen) return true;
    fibers.yield({"late", nullptr, false, nullptr, Access::joins});
    return sleep(word, seen, may_pass);
  }
};
struct WakeOne : StepWaiting {
  static void wake(const std::uintptr_t&) {
    fibers.yield({"wake", nullptr, false, nullptr, Access::wakes});
    for (unsigned i = 0; i != most_owners; ++i) {
      if (sleeping[i] && !woken[i]) {
        woken[i] = true;
        return;
      }
    }
  }
};

// --- the device -------------------------------------------------------------------------------------------------------

std::array<rg::Owner, most_owners + 1> owners;  // the last one is asked for when all have ended

// What is plain here is its owner's alone; each hook is an access as well, so that two owners inside are seen.
template <class Ownership>
struct SharedDevice {
  rg::BasicResetState<Ownership> reset_state;
  unsigned inside = nobody;
  bool open = false, was_inside = false;
  unsigned prepares = 0, dones = 0;
  Outcome last = Outcome::verified;
  std::array<bool, most_owners + 1> prepare_fails{}, done_fails{};

  const rg::Owner* reset_owner() const noexcept { return &owners[fibers.running()]; }

  void enter(const char* name) noexcept {
    fibers.yield({name, &open, true});
    check(!was_inside, "two owners are inside");
    was_inside = true;
    inside = fibers.running();
  }
  void look(const char* name) noexcept {
    fibers.yield({name, &open, true});
    check(was_inside && inside == fibers.running(), "a hook or a step runs for one who is not the owner");
  }

  rg::Status reset_prepare() noexcept {
    enter("prepare");
    check(!open, "prepare is called twice without a done");
    if (prepare_fails[inside]) return Error(Errc::no_memory, 0, "prepare");
    open = true;
    ++prepares;
    return rg::ok();
  }
  rg::Status reset_done(Outcome outcome) noexcept {
    if (outcome == Outcome::released) {
      enter("release");
      check(!open, "a quarantine is released in mid-reset");
    } else {
      look("done");
      check(std::exchange(open, false), "done is called twice");
      ++dones;
    }
    last = outcome;
    if (!done_fails[inside]) return rg::ok();
    last = Outcome::failed;
    return Error(Errc::io, 0, "done");
  }
  // The last that the owner does inside.
  void reset_trace(const rg::TraceEvent& event) noexcept {
    const bool is_last = event.kind == rg::TraceKind::done || (event.kind == rg::TraceKind::prepared && event.error);
    check(was_inside && inside == fibers.running(), "an event of one who is not the owner");
    if (!is_last) return;
    look("trace");
    was_inside = false;
  }
};

// --- the programs -----------------------------------------------------------------------------------------------------

template <class T>
Errc code_of(rg::Result<T> result) {
  if (result.failed()) return std::move(result).error().code();
  std::move(result).discard("a success needs no value here");
  return Errc{};
}

struct Work : rg::ResetStep<Work> {
  struct Witness {
    template <class Device>
    explicit Witness(Device&) noexcept {}
    template <class Device>
    RESET_GUARD_MUST_USE rg::Status check(Device&) const noexcept {
      return rg::ok();
    }
  };
  template <class Device>
  RESET_GUARD_MUST_USE static rg::Verdict<Work> in(rg::ResetScope<Device>& scope, bool fails = false) {
    scope.device().look("work");
    if (fails) return fail(scope, Error(Errc::io, 0, "work"));
    return pass_if(scope, rg::ok(), Witness(scope.device()));
  }
  // By one who is not inside.
  template <class Device>
  RESET_GUARD_MUST_USE static rg::Verdict<Work> forged_in(rg::ResetScope<Device>& scope) {
    return pass_if(scope, rg::ok(), Witness(scope.device()));
  }
};

std::map<char, std::set<Errc>> answers;  // which each operation has had

template <class Waiting, class Atomics>
struct World {
  using Device = SharedDevice<rg::ManyOwners<Waiting, Atomics>>;
  using Scope = rg::ResetScope<Device>;
  using Owned = rg::OwnedScope<Device>;

  // What one owner leaves for another.
  template <class What>
  struct Place {
    std::optional<What> what;
    bool settled = false;  // something lies there, or never will

    void settle() {
      fibers.yield({"settle", this, true});
      settled = true;
    }
    void await() { fibers.yield({"await", this, false, &settled}); }
  };

  Device device;
  std::array<Place<Owned>, most_owners> handed;  // to each
  Place<Scope*> lent;
  Place<rg::Verdict<Work>> forged;

  static inline std::vector<std::string_view> programs;
  alignas(64) static inline std::array<unsigned char, 1024> storage{};
  static World& world() { return *std::launder(reinterpret_cast<World*>(storage.data())); }

  static void begin() {
    static_assert(sizeof(World) <= sizeof(storage));
    ::new (static_cast<void*>(storage.data())) World;  // one whose schedule was cut is in mid-reset: never destroyed
    Waiting::sleeping = {};
    Waiting::woken = {};
  }
  static void program(unsigned me) {
    for (const char operation : programs[me]) {
      const Errc answer = world().run(operation, me);
      answers[operation].insert(answer);
    }
  }
  static void end() {
    Device& device = world().device;
    check(!device.was_inside && !device.open, "somebody is inside when all have ended");
    check(device.prepares == device.dones, "a prepare has no done");
    check(!device.reset_state.in_reset() && device.reset_state.depth() == 0,
          "a reset is under way when all have ended");
    const bool failed = device.last != Outcome::verified && device.last != Outcome::released;
    check(device.reset_state.quarantined() == failed, "quarantined, and the last reset was verified, or the reverse");
    check(code_of(rg::reset(device, [](Scope& scope) { return Work::in(scope); })) == Errc{}, "the device is not free");
    check(!device.reset_state.quarantined(), "quarantined after a verified reset");
  }

  static void expect(Errc answer, Errc wanted, Errc other) {
    if (answer != wanted && answer != other) violation(std::string("the answer is ") + rg::to_string(answer));
  }

  Errc reset(bool fails = false) {
    return code_of(rg::reset(device, [=](Scope& scope) { return Work::in(scope, fails); }));
  }
  Errc nested() {
    return code_of(rg::reset(
        device, [](Scope& scope) { return rg::reset(scope.device(), [](Scope& inner) { return Work::in(inner); }); }));
  }

  Errc run(char operation, unsigned me) {
    Errc answer{};
    switch (operation) {
      case 'r': expect(answer = reset(), Errc{}, Errc::busy); break;
      case 'n': expect(answer = nested(), Errc{}, Errc::busy); break;
      case 'f': expect(answer = reset(true), Errc::io, Errc::busy); break;
      case 'p':
        device.prepare_fails[me] = true;
        expect(answer = reset(), Errc::no_memory, Errc::busy);
        device.prepare_fails[me] = false;
        break;
      case 'x':
        device.done_fails[me] = true;
        expect(answer = reset(), Errc::io, Errc::busy);
        device.done_fails[me] = false;
        break;
      case 'q':
        answer = code_of(rg::release_quarantine(device, "test"));
        if (answer != Errc::invalid) expect(answer, Errc{}, Errc::busy);
        break;
      case 'o': {
        const bool seen = device.reset_state.quarantined();
        check(!seen || scenario.find_first_of("fxl") != std::string::npos, "quarantined though no reset has failed");
        check(device.reset_state.depth() <= 3, "deeper than any reset");
        answer = seen ? Errc::io : Errc{};
        break;
      }
      case 'l': answer = lend(me); break;
      case 'b': answer = forge(); break;
      case 'h': answer = hand_over(me); break;
      case 't': answer = take(me); break;
      default: answer = wait(operation);
    }
    return answer;
  }

  Errc wait(char operation) {
    if constexpr (Waiting::waits) {
      Errc answer{};
      if (operation == 'e') {
        auto entered = rg::enter_until(device, false);
        if (entered.failed()) {
          check(false, "enter_until() without a deadline fails");
          return std::move(entered).error().code();
        }
        auto scope = std::move(entered).take();
        check(reset() == Errc{}, "a reset in it fails");
        expect(answer = code_of(scope.finish(Work::in(scope))), Errc{}, Errc{});
      } else {
        const bool may_pass = operation == 'd';
        answer = code_of(rg::reset_until(device, may_pass, [](Scope& scope) { return Work::in(scope); }));
        expect(answer, Errc{}, may_pass ? Errc::timed_out : Errc{});
      }
      return answer;
    } else {
      violation("this device's owners do not wait");
    }
  }

  Errc lend(unsigned) {
    auto entered = Owned::enter(device);
    if (entered.failed()) {
      lent.settle();
      return std::move(entered).error().code();
    }
    auto scope = std::move(entered).take();
    lent.what = &scope;
    lent.settle();
    forged.await();
    const Errc answer = code_of(scope.finish(std::move(*forged.what)));
    check(answer == Errc::invalid_evidence, "evidence of another owner counts");
    return answer;
  }
  Errc forge() {
    lent.await();
    if (!lent.what) return Errc::busy;
    Scope& scope = **lent.what;
    scope.touch();
    check(code_of(scope.overrule(Error(Errc::io, 0, "test"))) == Errc::busy, "another owner overrules");
    forged.what.emplace(Work::forged_in(scope));
    forged.settle();
    return Errc{};
  }

  Errc hand_over(unsigned me) {
    const unsigned next = (me + 1) % static_cast<unsigned>(programs.size());
    auto entered = Owned::enter(device);
    if (entered.failed()) {
      handed[next].settle();
      return std::move(entered).error().code();
    }
    handed[next].what.emplace(std::move(entered).take());
    device.inside = next;
    check(code_of(handed[next].what->hand_over(&owners[next])) == Errc{}, "the owner cannot hand over");
    handed[next].settle();
    return Errc{};
  }
  Errc take(unsigned me) {
    handed[me].await();
    if (!handed[me].what) return Errc::busy;
    Owned& scope = *handed[me].what;
    const Errc answer = code_of(scope.finish(Work::in(scope)));
    check(answer == Errc{}, "what was handed over cannot be finished");
    return answer;
  }
};

// Without anybody who waits leave() is a plain store.
struct Awake : rg::NoWaiting {
  static inline std::array<bool, most_owners> sleeping{}, woken{};
};

// --- which are run ----------------------------------------------------------------------------------------------------

struct Sum {
  std::uint64_t scenarios = 0;
  Explored explored;
};

template <class Waiting, class Atomics = StepAtomics>
void run(const std::string& text, Sum& sum) {
  using Here = World<Waiting, Atomics>;
  scenario = text;
  asked = text.find('o') != std::string::npos;
  Here::programs.clear();
  for (std::string_view rest = scenario;;) {
    const std::size_t bar = rest.find('|');
    Here::programs.push_back(rest.substr(0, bar));
    if (bar == std::string_view::npos) break;
    rest.remove_prefix(bar + 1);
  }
  const auto count = static_cast<unsigned>(Here::programs.size());
  const Explored explored = explore(count, Here::program, Here::begin, Here::end);
  ++sum.scenarios;
  sum.explored.schedules += explored.schedules;
  sum.explored.cut += explored.cut;
  sum.explored.accesses += explored.accesses;
}

using Words = std::vector<std::string>;
constexpr std::string_view operations = "rnfpxudeqo", without_waiting = "rnfpxqo";

// All sets of `count` programs.
template <class Do>
void combinations(const Words& programs, unsigned count, Do&& act, const std::string& before = "",
                  std::size_t from = 0) {
  for (std::size_t i = from; i != programs.size(); ++i) {
    const std::string text = before + programs[i];
    if (count == 1) {
      act(text);
    } else {
      combinations(programs, count - 1, act, text + "|", i);
    }
  }
}

Words of_one(std::string_view all) {
  Words words;
  for (const char operation : all) words.emplace_back(1, operation);
  return words;
}
Words of_two(std::string_view all) {
  Words words;
  for (const char first : all) {
    for (const char second : all) words.push_back({first, second});
  }
  return words;
}

// What takes two owners; the third one comes between.
const Words together = {"h|t", "h|ut", "h|dt", "hr|t", "hu|t", "hu|ut", "hd|et", "l|b", "l|bu"};

constexpr unsigned unbounded = ~0u;

template <class Do>
void report(const char* what, unsigned preemptions, std::uint64_t least, Do&& act) {
  Sum sum;
  most_preemptions = preemptions;
  act(sum);
  const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
  const std::string bound = preemptions == unbounded ? "all" : "at most " + std::to_string(preemptions);
  std::printf("%-40s preemptions: %-10s scenarios: %-5llu schedules: %-8llu accesses: %llu\n", what, bound.c_str(),
              number(sum.scenarios), number(sum.explored.schedules), number(sum.explored.accesses));
  std::fflush(stdout);
  scenario = what;
  path.clear();
  if (sum.explored.schedules < least) violation("fewer schedules than the " + std::to_string(least) + " there are");
}

void run_all(bool full) {
  const auto waiting = [](Sum& sum) { return [&sum](const std::string& text) { run<StepWaiting>(text, sum); }; };
  const auto awake = [](Sum& sum) { return [&sum](const std::string& text) { run<Awake>(text, sum); }; };
  const auto with_third = [&](std::string_view third, Sum& sum) {
    for (const std::string& text : together) {
      for (const char other : third) run<StepWaiting>(text + "|" + other, sum);
    }
  };
  report("2 owners, 1 operation each", unbounded, 1084,
         [&](Sum& sum) { combinations(of_one(operations), 2, waiting(sum)); });
  report("the same where nobody waits", unbounded, 215,
         [&](Sum& sum) { combinations(of_one(without_waiting), 2, awake(sum)); });
  report("2 owners, handed over or lent", unbounded, 1581, [&](Sum& sum) {
    for (const auto& text : together) run<StepWaiting>(text, sum);
  });
  report("3 owners, handed over or lent", 3, 20815, [&](Sum& sum) { with_third("u", sum); });
  report("3 owners that wait", 3, 39990, [&](Sum& sum) { combinations({"u", "d", "e"}, 3, waiting(sum)); });
  if (!full) return;
  report("3 owners, handed over or lent", 4, 379095, [&](Sum& sum) { with_third(operations, sum); });
  report("3 owners, 1 operation each", 4, 308357, [&](Sum& sum) { combinations(of_one(operations), 3, waiting(sum)); });
  report("3 owners, 1 operation each, no waiting", unbounded, 8829,
         [&](Sum& sum) { combinations(of_one(without_waiting), 3, awake(sum)); });
  report("2 owners, 2 operations each", 3, 943899,
         [&](Sum& sum) { combinations(of_two(operations), 2, waiting(sum)); });
  report("3 owners, reset_until()", unbounded, 371412, [&](Sum& sum) { run<StepWaiting>("u|u|u", sum); });
}

// Each way that an operation can end was gone.
void check_answers() {
  const std::map<char, std::set<Errc>> wanted = {
      {'r', {Errc{}, Errc::busy}},
      {'n', {Errc{}, Errc::busy}},
      {'f', {Errc::io, Errc::busy}},
      {'p', {Errc::no_memory, Errc::busy}},
      {'x', {Errc::io, Errc::busy}},
      {'u', {Errc{}}},
      {'d', {Errc{}, Errc::timed_out}},
      {'e', {Errc{}}},
      {'q', {Errc{}, Errc::invalid, Errc::busy}},
      {'o', {Errc{}, Errc::io}},
      {'l', {Errc::invalid_evidence, Errc::busy}},
      {'b', {Errc{}, Errc::busy}},
      {'h', {Errc{}, Errc::busy}},
      {'t', {Errc{}, Errc::busy}},
  };
  for (const auto& [operation, all] : wanted) {
    scenario = operation;
    check(answers[operation] == all, "not every answer of this operation was seen");
  }
}

void run_one(const std::string& text, std::string_view bug, Sum& sum) {
  if (bug.empty()) return run<StepWaiting>(text, sum);
  if (bug == "split_replace") return run<StepWaiting, SplitReplace>(text, sum);
  if (bug == "late_sleep") return run<LateSleep>(text, sum);
  if (bug == "wake_one") return run<WakeOne>(text, sum);
  std::fputs(usage, stderr);
  std::exit(2);
}

}  // namespace

int main(int argc, char** argv) {
  rg::set_trap_handler([](const char* rule) noexcept { violation(std::string("trap: ") + rule); });
  bool full = false;
  std::string_view bug;
  Words scenarios;
  for (int i = 1; i != argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--preemptions" && i + 1 != argc) {
      most_preemptions = static_cast<unsigned>(std::atoi(argv[++i]));
    } else if (word == "--full") {
      full = true;
    } else if (word == "--bug" && i + 1 != argc) {
      bug = argv[++i];
    } else if (word == "--help") {
      std::fputs(usage, stdout);
      return 0;
    } else if (word.empty() || word.find_first_not_of("rnfpxudeqolbht|") != std::string_view::npos) {
      std::fputs(usage, stderr);
      return 2;
    } else {
      scenarios.emplace_back(word);
    }
  }
  if (scenarios.empty() && bug.empty()) {
    run_all(full);
    check_answers();
  } else {
    report("the scenarios of the command line", most_preemptions, 1, [&](Sum& sum) {
      for (const std::string& text : scenarios) run_one(text, bug, sum);
    });
  }
}
