// Drives a real device through each row of the state table (tests/model/state_table.hpp).
#include "../model/state_table.hpp"
#include "fixtures.hpp"

#include <iterator>
#include <list>
#include <memory>

using namespace core_test;
using namespace state_table;

namespace {

// The fixture with two things more: it knows which hook runs, and it hears how a scope ended that nobody finished.
struct Driven {
  rg::ResetState reset_state;
  std::vector<Hook> hooks;
  std::function<void()> in_hook;  // run once, by the next hook
  Errc prepare_error{};
  Errc done_error{};
  std::optional<Hook> running;
  Errc ended_with{};

  rg::Status reset_prepare() noexcept {
    run(Hook::prepare);
    if (prepare_error != Errc{}) return Error(prepare_error, 0, "prepare");
    return rg::ok();
  }
  rg::Status reset_done(Outcome outcome) noexcept {
    constexpr Hook told[] = {Hook::done_failed, Hook::done_verified, Hook::done_claimed, Hook::done_untouched,
                             Hook::done_released};
    run(told[static_cast<int>(outcome)]);
    if (done_error != Errc{}) return Error(done_error, 0, "done");
    return rg::ok();
  }
  void reset_trace(const rg::TraceEvent& event) noexcept {
    if (event.kind == rg::TraceKind::finished) ended_with = event.error != nullptr ? event.error->code() : Errc{};
  }

 private:
  void run(Hook hook) {
    hooks.push_back(hook);
    running = hook;
    if (in_hook) std::exchange(in_hook, nullptr)();
    running.reset();
  }
};

using DrivenScope = rg::ResetScope<Driven>;
using DrivenOwned = rg::OwnedScope<Driven>;

template <int number>
struct Act : rg::ResetStep<Act<number>> {
  using Witness = Satisfied;
  using Verdict = rg::Verdict<Act>;
  static Verdict succeed(DrivenScope& scope) { return Act::pass_if(scope, rg::ok(), Witness()); }
  static Verdict fail_in(DrivenScope& scope) { return Act::fail(scope, Error(Errc::io, 0, "act")); }
};
using Work = Act<1>;
using Other = Act<2>;

// A step that can show nothing.
struct Claim : rg::ResetStep<Claim> {
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "a test";
  };
  static rg::Verdict<Claim> make(DrivenScope& scope) { return pass(scope); }
};

class Driver {
 public:
  // A device that was reset once, well (so that there is evidence and a scope of an earlier reset), and then brought
  // to the state `base`: idle, quarantined or unfenced.
  explicit Driver(State base) {
    open(1);
    earlier_.emplace(take(Work::succeed(scopes_.front())));
    const Errc code = code_of(scopes_.front().finish(Work::succeed(scopes_.front())));
    REQUIRE(code == Errc{});
    ended_.emplace(std::move(scopes_.front()));
    scopes_.clear();
    if (base != State::idle) {
      open(1);
      if (base == State::unfenced) device_.done_error = Errc::unfenced;
      const Errc failed = finish(Event::finish_error);
      REQUIRE(failed == Errc::io);
      device_.done_error = Errc{};
    }
    REQUIRE(state() == base);
  }

  // What the device says of itself.
  State state() const {
    const rg::ResetState& state = device_.reset_state;
    if (device_.running) {
      REQUIRE(state.in_reset());
      switch (*device_.running) {
        case Hook::prepare: return state.quarantined() ? State::preparing_again : State::preparing;
        case Hook::done_verified: return State::unblocking;
        case Hook::done_claimed: return State::claiming;
        case Hook::done_untouched: return State::putting_back;
        case Hook::done_failed: return State::blocking;
        default: return State::releasing;
      }
    }
    REQUIRE(state.in_reset() == (state.depth() > 0));
    if (state.depth() == rg::depth_limit) return State::at_limit;
    if (state.depth() > 1) return State::nested;
    if (state.depth() == 1) return state.quarantined() ? State::in_reset_again : State::in_reset;
    if (state.unfenced()) return State::unfenced;
    return state.quarantined() ? State::quarantined : State::idle;
  }

  struct Observed {
    State to{};
    Errc answer{};
    std::vector<Hook> hooks;
  };

  Observed apply(const Row& row) {
    const bool hook_runs = prepare_runs(row.from) || done_runs(row.from);
    if (!hook_runs) {
      reach(row.from, row.event);
      REQUIRE(state() == row.from);
      return by_caller(row.event);
    }
    return by_hook(row);
  }

  // Ends what is still open, each scope with evidence. Whether the device is quarantined at the end.
  bool ends_quarantined() {
    for (bool even = false; !scopes_.empty(); even = !even) {  // not the same step twice: that would be a retry
      DrivenOwned scope = std::move(scopes_.back());
      scopes_.pop_back();
      (even ? code_of(scope.finish(Act<3>::succeed(scope))) : code_of(scope.finish(Act<4>::succeed(scope))));
    }
    REQUIRE_FALSE(device_.reset_state.in_reset());
    return device_.reset_state.quarantined();
  }

 private:
  static rg::Evidence<Work> take(Work::Verdict verdict) {
    if (!verdict.failed()) return std::move(verdict).take();
    FAIL(to_string(std::move(verdict).error().code()));
    std::abort();
  }

  Errc open(unsigned scopes) {
    for (unsigned i = 0; i != scopes; ++i) {
      auto entered = DrivenOwned::enter(device_);
      if (entered.failed()) return std::move(entered).error().code();
      scopes_.push_back(std::move(entered).take());
    }
    return Errc{};
  }

  // Ends the innermost scope and says with what.
  Errc finish(Event event) {
    DrivenOwned scope = std::move(scopes_.back());
    scopes_.pop_back();
    switch (event) {
      case Event::finish_evidence: return code_of(scope.finish(Work::succeed(scope)));
      case Event::finish_claim: return code_of(scope.finish(Claim::make(scope)));
      case Event::finish_error: return code_of(scope.finish(Work::Verdict(Error(Errc::io, 0, "handler"))));
      case Event::finish_unsupported:
        return code_of(scope.finish(Work::Verdict(Error(Errc::unsupported, 0, "handler"))));
      case Event::finish_too_late:
        scope.touch();
        return code_of(scope.finish(Work::Verdict(Error(Errc::unsupported, 0, "handler"))));
      case Event::finish_unresolved:
        Work::fail_in(scope).discard("an error that is thrown away");
        return code_of(scope.finish(Other::succeed(scope)));
      case Event::finish_stale: return code_of(scope.finish(Work::Verdict(std::move(*earlier_))));
      default: std::abort();
    }
  }

  // Opens what is open in a state in which no hook runs.
  void reach(State state, Event event) {
    if (state == State::in_reset || state == State::in_reset_again) open(1);
    if (state == State::nested) open(event == Event::enter_last ? rg::depth_limit - 1 : 2);
    if (state == State::at_limit) open(rg::depth_limit);
  }

  Errc destroy_state() {
    const Death death = in_child([&] { std::destroy_at(&device_.reset_state); });
    REQUIRE(death.trapped != death.survived);
    destroyed_ = death.trapped ? State::trapped : State::destroyed;
    return Errc{};
  }

  Observed by_caller(Event event) {
    std::optional<State> in_hook;
    device_.hooks.clear();
    device_.in_hook = [&] { in_hook = state(); };
    Observed seen;
    switch (event) {
      case Event::enter:
      case Event::enter_last: seen.answer = open(1); break;
      case Event::finish_outer_first: {
        auto outer = std::prev(scopes_.end(), 2);
        seen.answer = code_of(outer->finish(Work::succeed(*outer)));
        scopes_.erase(outer);
        break;
      }
      case Event::finish_ended: seen.answer = code_of(ended_->finish(Work::Verdict(std::move(*earlier_)))); break;
      case Event::scope_ends:
        scopes_.pop_back();
        seen.answer = device_.ended_with;
        break;
      case Event::release: seen.answer = code_of(rg::release_quarantine(device_, "test")); break;
      case Event::destroy: seen.answer = destroy_state(); break;
      default: seen.answer = finish(event); break;
    }
    seen.to = destroyed_ ? *destroyed_ : in_hook ? *in_hook : state();
    seen.hooks = device_.hooks;
    device_.in_hook = nullptr;
    return seen;
  }

  // Starts the call that runs the hook of `from`, and says what it answers.
  Errc start(State from) {
    switch (from) {
      case State::preparing:
      case State::preparing_again: return open(1);
      case State::unblocking: open(1); return finish(Event::finish_evidence);
      case State::claiming: open(1); return finish(Event::finish_claim);
      case State::putting_back: open(1); return finish(Event::finish_unsupported);
      case State::blocking: open(1); return finish(Event::finish_error);
      default: return code_of(rg::release_quarantine(device_, "test"));
    }
  }

  Errc enter_inside() { return code_of(DrivenOwned::enter(device_)); }

  Observed by_hook(const Row& row) {
    Observed inside;
    // The hook that runs is the last one that the call needs: prepare, or done after a prepare that is let through.
    const auto act = [&] {
      REQUIRE(state() == row.from);
      device_.hooks.clear();
      switch (row.event) {
        case Event::hook_fails:
          (prepare_runs(row.from) ? device_.prepare_error : device_.done_error) = Errc::no_memory;
          break;
        case Event::hook_unfenced: device_.done_error = Errc::unfenced; break;
        case Event::enter_inside:
        case Event::hook_ok_after_refusal: inside.answer = enter_inside(); break;
        case Event::release_inside: inside.answer = code_of(rg::release_quarantine(device_, "test")); break;
        case Event::destroy: inside.answer = destroy_state(); break;
        default: break;
      }
      inside.to = destroyed_ ? *destroyed_ : state();
      inside.hooks = device_.hooks;
    };
    if (prepare_runs(row.from) || row.from == State::releasing) {
      device_.in_hook = act;
    } else {
      device_.in_hook = [&, act] { device_.in_hook = act; };  // prepare is let through; done acts
    }
    const Errc answer = start(row.from);
    if (row.event == Event::enter_inside || row.event == Event::release_inside || row.event == Event::destroy) {
      return inside;
    }
    return {state(), answer, device_.hooks};
  }

  Driven device_;
  std::list<DrivenOwned> scopes_;
  std::optional<rg::Evidence<Work>> earlier_;
  std::optional<DrivenOwned> ended_;
  std::optional<State> destroyed_;
};

// The states from which a reset, or a release, can have come to `state`.
std::vector<State> bases_of(State state) {
  switch (state) {
    case State::idle:
    case State::preparing:
    case State::in_reset:
    case State::claiming:
    case State::putting_back: return {State::idle};
    case State::quarantined: return {State::quarantined};
    case State::unfenced: return {State::unfenced};
    case State::releasing:
    case State::preparing_again:
    case State::in_reset_again: return {State::quarantined, State::unfenced};
    default: return {State::idle, State::quarantined, State::unfenced};
  }
}

State resolve(State to, State base) {
  if (to == State::before) return base;
  if (to == State::outer) return base == State::idle ? State::in_reset : State::in_reset_again;
  return to;
}

void check(const Row& row, State base) {
  INFO(name(row.from) << ", having been " << name(base) << ": " << name(row.event));
  Driver driver(base);
  const Driver::Observed seen = driver.apply(row);
  CHECK(std::string(name(seen.to)) == name(resolve(row.to, base)));
  CHECK(seen.answer == row.answer);
  CHECK(seen.hooks == (row.hook == Hook::none ? std::vector<Hook>{} : std::vector<Hook>{row.hook}));
  const bool quarantined = driver.ends_quarantined();
  // Where the reset can still be verified, it is, unless the row says that a failure stays.
  if (row.failure || has_scope(row.to) || row.to == State::outer) CHECK(quarantined == row.failure);
}

}  // namespace

TEST_CASE("A device goes through each row of the state table as the table says", "[state_table]") {
  std::size_t driven = 0;
  for (const Row& row : rows) {
    for (State base : bases_of(row.from)) check(row, base);
    ++driven;
  }
  CHECK(driven == row_count);
  CHECK(row_count == 110);  // a row that is deleted with its event would not be missed otherwise
}
