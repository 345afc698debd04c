// The code of docs/cheat_sheet.md, where a reader would write it. cheat_sheet.py looks for the page's code here.
#define RESET_GUARD_STRICT 1
#include <chrono>
#include <cstdio>
#include <reset_guard/group.hpp>
#include <reset_guard/hosted/threads.hpp>
#include <reset_guard/owner.hpp>
#include <reset_guard/reset_guard.hpp>
#include <utility>

namespace rg = reset_guard;
using namespace std::chrono_literals;

struct Nic {
  rg::ResetState reset_state;
  bool dma_blocked = false, blocked_before = false, present = true;
  int scratch = 0, events = 0;
  std::chrono::milliseconds time{0};

  std::chrono::milliseconds now() const noexcept { return time; }
  void sleep(std::chrono::milliseconds duration) noexcept { time += duration; }
  rg::Status reset_prepare() noexcept {
    blocked_before = std::exchange(dma_blocked, true);
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome == rg::Outcome::verified || outcome == rg::Outcome::released) dma_blocked = false;
    if (outcome == rg::Outcome::untouched) dma_blocked = blocked_before;
    return rg::ok();
  }
  void reset_trace(const rg::TraceEvent& event) noexcept { events += event.kind == rg::TraceKind::done; }
};

struct c_nic {
  bool blocked;
  rg::ResetState state;
};
template <>
struct reset_guard::ResetTraits<c_nic> {
  static ResetState& state(c_nic& nic) noexcept { return nic.state; }
  static Status prepare(c_nic& nic) noexcept {
    nic.blocked = true;
    return ok();
  }
  static Status done(c_nic& nic, Outcome outcome) noexcept {
    nic.blocked = outcome != Outcome::verified;
    return ok();
  }
};

struct Flr : rg::ResetStep<Flr> {
  using destroys = rg::all_of<rg::contents::registers, rg::contents::dma>;
  static rg::Status act(Nic& nic) noexcept {
    nic.scratch = 0;
    return rg::ok();
  }
  struct Witness {
    explicit Witness(Nic& nic) noexcept { nic.scratch = 1; }
    rg::Result<bool> check(Nic& nic) const noexcept { return nic.scratch == 0; }
  };
};
struct ModemReset : rg::ResetStep<ModemReset> {
  static rg::Status act(Nic&) noexcept { return rg::ok(); }
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "the modem has no register that a reset clears";
  };
};
struct FirmwareAck : rg::Step<FirmwareAck> {
  static rg::Status act(Nic& nic) noexcept {
    return rg::poll_until(nic, {15s, 20ms}, "firmware", [&] { return nic.time >= 2s; });
  }
};
struct ChipReset : rg::ResetStep<ChipReset> {
  static rg::Status act(Nic& nic, int) noexcept {
    nic.scratch = 0;
    return rg::ok();
  }
  struct Witness {
    explicit Witness(Nic& nic, int) noexcept { nic.scratch = 1; }
    rg::Result<bool> check(Nic& nic, int) const noexcept { return nic.scratch == 0; }
  };
};

RESET_GUARD_MUST_USE rg::Status unload(Nic&) { return rg::ok(); }

RESET_GUARD_MUST_USE rg::Verdict<Flr, FirmwareAck> handler(rg::ResetScope<Nic>& scope) {
  if (!scope.device().present) return rg::Error(rg::Errc::unsupported, 0, "not present");
  scope.touch();
  RESET_GUARD_CHECK(unload(scope.device()));
  RESET_GUARD_TRY(auto flr, Flr::run(scope));
  RESET_GUARD_TRY(auto ack, FirmwareAck::run(scope));
  return rg::join(std::move(flr), std::move(ack));
}

RESET_GUARD_MUST_USE rg::Verdict<Flr> with_clean_up(rg::ResetScope<Nic>& scope) {
  auto answer = Flr::run(scope);
  return rg::first_error(std::move(answer), unload(scope.device()));
}

struct BusReset : rg::ResetStep<BusReset> {
  static rg::Status act(Nic& nic, int port) noexcept {
    nic.scratch = port;
    return rg::ok();
  }
  struct Witness {
    explicit Witness(Nic& nic, int) noexcept { nic.scratch = 1; }
    rg::Result<bool> check(Nic& nic, int) const noexcept { return nic.scratch == 0; }
  };
};
struct AnyReset : rg::ResetStep<AnyReset> {
  using proved_by = rg::any_of<Flr, BusReset>;
};

// [fall back]
RESET_GUARD_MUST_USE rg::Verdict<AnyReset> falls_back(rg::ResetScope<Nic>& scope) {
  auto flr = Flr::run(scope);
  if (!flr.failed()) return std::move(flr).take();
  RESET_GUARD_CHECK(scope.overrule(std::move(flr).error()));
  RESET_GUARD_TRY(auto bus_reset, BusReset::run(scope, 0));
  return bus_reset;
}
// [fall back]

RESET_GUARD_MUST_USE rg::Verdict<Flr> drops_a_result(rg::ResetScope<Nic>& scope) {
  auto modem = ModemReset::run(scope);
  std::move(modem).discard("the FLR is what counts");
  return Flr::run(scope);
}

rg::Probe always(const Nic&) noexcept { return {rg::Support::yes, nullptr}; }
RESET_GUARD_MUST_USE rg::Verdict<Flr> flr(Nic& nic) { return Flr::run(nic); }
constexpr rg::Method<Nic, Flr> methods[] = {{"flr", always, flr}};
constexpr rg::MethodChain<Nic, Flr> chain(methods);

struct Id {
  int id;
  constexpr bool matches(Id other) const { return id == other.id; }
  constexpr bool covers(Id other) const { return id == other.id; }
};
constexpr rg::HandlerEntry<Id, rg::Verdict<Flr> (*)(Nic&)> entries[] = {{{0x10ed}, flr}};
constexpr auto& table = rg::handler_table<entries>;

RESET_GUARD_MUST_USE rg::Verdict<rg::each_of<ChipReset>> each_chip(rg::ResetScope<Nic>& scope) {
  constexpr int chips[] = {0, 1};
  return ChipReset::run_for_each(scope, chips);
}

RESET_GUARD_MUST_USE rg::Verdict<Flr> by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, rg::OwnedScope<Nic>::enter(nic));
  return scope.finish(Flr::run(scope));
}

struct BoardReset : rg::ResetStep<BoardReset> {
  static constexpr unsigned attempts = 2;
  using Witness = Flr::Witness;
  static rg::Status act(rg::GroupInReset<Nic>& nics) noexcept {
    for (Nic& nic : nics) nic.scratch = 0;
    return rg::ok();
  }
};

RESET_GUARD_MUST_USE rg::Status board(Nic& first, Nic& second) {
  rg::ResetGroup<Nic, 8> group;
  RESET_GUARD_CHECK(group.add(first));
  RESET_GUARD_CHECK(group.add(second));
  RESET_GUARD_TRY(auto answers, rg::reset_all<BoardReset, FirmwareAck>(group));
  return rg::first_of(std::move(answers));
}

const rg::Owner driver, work_queue;

struct SharedNic {
  rg::SharedResetState<> reset_state;
  const rg::Owner* caller = &driver;
  const rg::Owner* reset_owner() noexcept { return caller; }
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};

struct ThreadNic {
  rg::SharedResetState<rg::ThreadWaiting> reset_state;
  const rg::Owner* reset_owner() noexcept { return rg::this_thread_owner(); }
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};
struct ThreadReset : rg::ResetStep<ThreadReset> {
  using Witness = ModemReset::Witness;
  static rg::Status act(ThreadNic&) noexcept { return rg::ok(); }
};

RESET_GUARD_MUST_USE rg::Verdict<ThreadReset> waits(ThreadNic& shared) {
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  const auto shared_handler = [](rg::ResetScope<ThreadNic>& scope) { return ThreadReset::run(scope); };
  return rg::reset_until(shared, deadline, shared_handler);
}

// A group's answers, one by one.
RESET_GUARD_MUST_USE unsigned failures_of(rg::GroupAnswers<Nic, 8, BoardReset, FirmwareAck> answers) {
  unsigned failures = 0;
  for (std::size_t i = 0; i != answers.size(); ++i) {
    auto verdict = answers.take(i);
    failures += verdict.failed() ? 1u : 0u;
    std::move(verdict).discard("it is counted");
  }
  return failures;
}
RESET_GUARD_MUST_USE rg::Status merged(rg::ResetGroup<Nic, 8>& group) {
  RESET_GUARD_TRY(auto all, rg::reset_all<BoardReset, FirmwareAck>(group));
  RESET_GUARD_CHECK(rg::worst_of(std::move(all)));
  RESET_GUARD_TRY(auto again, rg::reset_all<BoardReset, FirmwareAck>(group));
  RESET_GUARD_CHECK(rg::primary_with_clean_up(std::move(again), group[0]));
  RESET_GUARD_TRY(auto answers, rg::reset_all<BoardReset, FirmwareAck>(group));
  if (failures_of(std::move(answers)) != 0) return rg::Error(rg::Errc::io, 0, "a member");
  return rg::ok();
}

RESET_GUARD_MUST_USE rg::Status hands_over(SharedNic& nic) {
  RESET_GUARD_TRY(auto scope, rg::OwnedScope<SharedNic>::enter(nic));
  RESET_GUARD_CHECK(scope.hand_over(&work_queue));
  nic.caller = &work_queue;
  return scope.finish(rg::Error(rg::Errc::io, 0, "work queue"));
}

template <class Result>
int lost(Result verdict) {
  if (verdict.failed()) {
    const rg::Error error = std::move(verdict).error();
    std::printf("%s: %s (%d)", error.where(), to_string(error.code()), error.native());
    return 1;
  }
  return std::move(verdict).take().claimed();
}

int lost(rg::Status status) {
  const bool failed = status.failed();
  std::move(status).discard("it is counted");
  return failed ? 1 : 0;
}

int main() {
  Nic nic;
  int wrong = 0;
  {
    auto verdict = rg::reset<Flr, FirmwareAck>(nic);
    if (verdict.failed()) return std::move(verdict).error().native() + 1;
    auto evidence = std::move(verdict).take();
    wrong += evidence.claimed();
  }
  {
    auto verdict = rg::reset(nic, handler);
    wrong += lost(std::move(verdict));
  }
  wrong += lost(rg::reset_for<rg::all_of<rg::contents::dma>, Flr>(nic));
  wrong += lost(rg::reset(nic, with_clean_up)) + lost(rg::reset(nic, falls_back)) +
           lost(rg::reset(nic, drops_a_result)) + lost(chain.reset(nic));
  wrong += lost(table.find(Id{0x10ed})->handler(nic)) + lost(rg::reset(nic, each_chip)) + lost(by_hand(nic));
  wrong += lost(rg::reset(
      nic, [](rg::ResetScope<Nic>& scope) -> rg::Verdict<ChipReset> { return ChipReset::run_for(scope, 0, 0); }));
  Nic other;
  other.time = 2s;
  wrong += lost(board(nic, other));
  rg::ResetGroup<Nic, 8> group;
  wrong += lost(group.add(nic));
  wrong += lost(merged(group));
  ThreadNic thread_nic;
  wrong += lost(waits(thread_nic)) - 1;  // claimed
  SharedNic shared;
  wrong += 1 - lost(hands_over(shared));  // failed
  const auto epoch = nic.reset_state.epoch();
  const rg::ResetState restored(epoch, rg::Error(rg::Errc::io, -5, "before the restart"));
  wrong += !restored.quarantined();
  auto released = rg::release_quarantine(nic, "replaced");
  if (released.failed()) {
    std::move(released).discard("it was not quarantined");
  } else {
    ++wrong;
  }
  return wrong;
}
