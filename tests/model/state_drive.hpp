// Two real devices beside two machines of state_walk.hpp: each call is made on both, and after each call everything
// that can be seen of both devices is compared. Which calls, and what the hooks answer, is asked of a chooser.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include "sequence_log.hpp"
#include "state_walk.hpp"

namespace explore_states {

namespace rg = reset_guard;

static_assert(rg::depth_limit == state_walk::depth_limit);

// Hears what the library does to a device, and decides what its hooks answer.
struct HookListener {
  virtual void finished(int device, Errc answer) noexcept = 0;
  virtual Reply hook(int device, Hook hook) noexcept = 0;

 protected:
  ~HookListener() = default;
};

struct Device {
  rg::ResetState reset_state{};
  HookListener* listener = nullptr;
  int number = 0;

  rg::Status reset_prepare() noexcept { return status(listener->hook(number, Hook::prepare)); }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    constexpr Hook told[] = {Hook::done_failed, Hook::done_verified, Hook::done_claimed, Hook::done_untouched,
                             Hook::done_released};
    return status(listener->hook(number, told[static_cast<int>(outcome)]));
  }
  void reset_trace(const rg::TraceEvent& event) noexcept {
    if (event.kind != rg::TraceKind::finished) return;
    listener->finished(number, event.error != nullptr ? event.error->code() : Errc{});
  }

 private:
  static rg::Status status(Reply reply) noexcept {
    if (reply == Reply::fails) return rg::Error(Errc::no_memory, 0, "hook");
    if (reply == Reply::says_unfenced) return rg::Error(Errc::unfenced, 0, "hook");
    return rg::ok();
  }
};

using RealScope = rg::ResetScope<Device>;
using RealOwned = rg::OwnedScope<Device>;

template <Owner owner>
struct Act : rg::ResetStep<Act<owner>> {
  // Shows what it is told to.
  struct Witness {
    bool shows;
    rg::Result<bool> check(Device&) const noexcept { return shows; }
  };
  static rg::Evidence<Act> succeed(RealScope& scope, bool shows = true) {
    auto verdict = Act::pass_if(scope, rg::ok(), Witness{shows});
    if (verdict.failed()) std::abort();  // no reason to
    return std::move(verdict).take();
  }
  static rg::Error fail_in(RealScope& scope) { return Act::fail(scope, rg::Error(Errc::timed_out, 0, "step")); }
};
using Work = Act<Owner::work>;    // whose evidence is kept
using Close = Act<Owner::close>;  // of the evidence that is made to be used at once

// What is to happen next. `none`: nothing, the sequence is complete.
struct Choice {
  Call call = Call::none;
  int device = 0;
  Reply reply = Reply::succeeds;  // with Call::none, in a hook
};

struct Chooser {
  // Inside a hook of `in_hook_of`, or at top level (-1).
  virtual Choice choose(int in_hook_of) noexcept = 0;

 protected:
  ~Chooser() = default;
};

class Drive final : private HookListener {
 public:
  Drive(Chooser& chooser, SequenceLog& log, Visits& visits)
      : chooser_(chooser), log_(log), machines_{Machine(&visits), Machine(&visits)} {
    for (int i = 0; i != 2; ++i) {
      device(i).listener = this;
      device(i).number = i;
    }
  }
  Drive(const Drive&) = delete;
  Drive& operator=(const Drive&) = delete;
  ~Drive() {
    over_ = true;  // what is still open ends now, and nobody looks
    for (auto& open : scopes_) {
      for (auto scope = open.rbegin(); scope != open.rend(); ++scope) scope->reset();
    }
  }

  // Both devices are reset once, so that each has a scope and evidence of an earlier reset. The first is then brought
  // to where the sequence starts.
  void set_up(Start start) {
    for (int i = 0; i != 2; ++i) {
      call({Call::enter, i});
      call({Call::step_is_done, i});
      call({Call::finish_evidence, i});
    }
    if (start == Start::quarantined || start == Start::unfenced) {
      call({Call::enter, 0});
      if (start == Start::unfenced) setting_up_reply_ = Reply::says_unfenced;
      call({Call::finish_error, 0});
      setting_up_reply_ = Reply::succeeds;
    }
    if (start == Start::deep) {
      for (unsigned i = 1; i != rg::depth_limit; ++i) call({Call::enter, 0});
    }
    setting_up_ = false;
    for (Machine& machine : machines_) machine.count_visits(true);
  }

  State state(int which) const { return machines_[index(which)].state(); }
  bool is_over() const { return over_; }  // the program would have stopped

  // Whether the call makes sense on the device as it is. Whether it is legal is not asked.
  bool is_possible(Call call, int which) const {
    const Machine& machine = machines_[index(which)];
    if (machine.hook_runs()) return call == Call::enter || call == Call::release || call == Call::destroy;
    switch (call) {
      case Call::enter:
      case Call::reset:
      case Call::finish_ended:
      case Call::release:
      case Call::destroy: return true;
      case Call::finish_kept: return machine.scope_is_open() && kept_[index(which)].has_value();
      case Call::finish_others: return machine.scope_is_open() && kept_[index(1 - which)].has_value();
      case Call::finish_outer_first: return machine.depth() > 1 && machine.scope_is_open();
      case Call::overrule: return machine.scope_is_open() && known_[index(which)].has_value();
      default: return machine.scope_is_open();
    }
  }
  // Whether it would stop the program: it is tried in a child process, and nothing comes after it.
  bool stops(Call call, int which) const { return call == Call::destroy && machines_[index(which)].in_reset(); }

  void call(const Choice& choice) {
    const int which = choice.device;
    const std::size_t line = setting_up_ ? 0 : log_.call(choice.call, which);
    make(choice.call, which);
    answered(which, line);
  }

 private:
  static std::size_t index(int which) { return static_cast<std::size_t>(which); }
  Device& device(int which) { return devices_[index(which)]; }
  Machine& machine(int which) { return machines_[index(which)]; }
  std::optional<RealOwned>& innermost(int which, unsigned out = 0) {
    return scopes_[index(which)][machine(which).depth() - 1 - out];
  }

  // --- the hooks ---

  void finished(int which, Errc answer) noexcept override { ended_with_[index(which)] = answer; }

  Reply hook(int which, Hook hook) noexcept override {
    if (over_) return Reply::succeeds;
    if (setting_up_) {
      machine(which).hook_replies(setting_up_reply_);
      return setting_up_reply_;
    }
    if (machine(which).expected_hook() != hook) log_.fails(which, "calls", hook, machine(which).expected_hook());
    machine(which).hook_is_called();
    log_.hook_begins(which, hook);
    compare();
    for (;;) {
      const Choice choice = chooser_.choose(which);
      if (choice.call != Call::none) {
        call(choice);
        if (over_) return Reply::succeeds;
        continue;
      }
      log_.hook_ends(which, choice.reply);
      machine(which).hook_replies(choice.reply);
      return choice.reply;
    }
  }

  // --- one call, on the machine and on the device; error_ and answer_ are what the device says ---

  void make(Call call, int which) {
    Machine& machine = this->machine(which);
    answer_ = Errc{};
    switch (call) {
      case Call::enter: {
        machine.enter();
        auto entered = RealOwned::enter(device(which));
        if (entered.failed()) return note(std::move(entered).error());
        if (over_) return std::move(entered).discard("the program would have stopped");
        if (!has_scope(machine.state())) return log_.fails("a scope was opened that should have been refused");
        innermost(which).emplace(std::move(entered).take());
        return note_success();
      }
      case Call::reset: return reset(which);
      case Call::step_is_done:
        machine.step_is_done(Owner::work);
        kept_[index(which)].emplace(Work::succeed(*innermost(which)));
        kept_moments_[index(which)] = machine.moment();
        return note_success();
      case Call::step_fails:
        machine.step_fails(Owner::work, Errc::timed_out);
        return note(Work::fail_in(*innermost(which)));
      case Call::touch:
        machine.touch();
        innermost(which)->touch();
        return note_success();
      case Call::finish_evidence: return end_with_new(which, Claim::good_evidence);
      case Call::finish_claim: return end_with_new(which, Claim::good_claim);
      case Call::finish_error: return end_with_error(which, Claim::error, Errc::io);
      case Call::finish_unsupported: return end_with_error(which, Claim::unsupported, Errc::unsupported);
      case Call::finish_kept: return end_with_kept(which, which);
      case Call::finish_others: return end_with_kept(which, 1 - which);
      case Call::finish_outer_first: {
        RealOwned outer = std::move(*innermost(which, 1));
        innermost(which, 1).reset();
        innermost(which, 1).emplace(std::move(*innermost(which)));
        innermost(which).reset();
        machine.end_outer_first();
        return note(outer.finish(Close::succeed(outer)));
      }
      case Call::finish_ended: machine.finish_ended(); return note(ended_[index(which)]->finish(unsupported()));
      case Call::scope_ends: {
        std::optional<RealOwned>& scope = innermost(which);
        machine.end(Claim::nothing, Owner::nobody);
        scope.reset();
        answer_ = ended_with_[index(which)];
        if (machine.was_recorded()) known_[index(which)].reset();  // an error that nobody was handed
        return;
      }
      case Call::overrule: machine.overrule(); return note(innermost(which)->overrule(*known_[index(which)]));
      case Call::release: machine.release(); return note(rg::release_quarantine(device(which), "a step of a sequence"));
      case Call::destroy: return destroy(which);
      case Call::none: std::abort();
    }
  }

  void note_success() { answer_ = Errc{}; }
  void note(const rg::Error& error) {
    error_.emplace(error);
    answer_ = error.code();
  }
  template <class T>
  void note(rg::Result<T> result) {
    if (result.failed()) return note(std::move(result).error());
    std::move(result).discard("only whether it failed is compared");
    note_success();
  }

  // The scope that is to end; the machine's depth still counts it.
  RealOwned take(int which) {
    RealOwned scope = std::move(*innermost(which));
    innermost(which).reset();
    return scope;
  }

  static rg::Verdict<Work> unsupported() { return rg::Error(Errc::unsupported, 0, "handler"); }

  void end_with_new(int which, Claim claim) {
    RealOwned scope = take(which);
    machine(which).step_is_done(Owner::close);
    auto evidence = Close::succeed(scope, claim == Claim::good_evidence);
    machine(which).end(claim, Owner::close);
    note(scope.finish(std::move(evidence)));
    if (!ended_[index(which)]) ended_[index(which)].emplace(std::move(scope));
  }

  void end_with_error(int which, Claim claim, Errc code) {
    RealOwned scope = take(which);
    machine(which).end(claim, Owner::work);
    note(scope.finish(rg::Verdict<Work>(rg::Error(code, 0, "handler"))));
  }

  void end_with_kept(int which, int whose) {
    RealOwned scope = take(which);
    const bool good = which == whose && machine(which).proves(kept_moments_[index(whose)]);
    machine(which).end(good ? Claim::good_evidence : Claim::wrong_evidence, Owner::work);
    rg::Evidence<Work> evidence = std::move(*kept_[index(whose)]);
    kept_[index(whose)].reset();
    note(scope.finish(std::move(evidence)));
  }

  void reset(int which) {
    Machine& machine = this->machine(which);
    machine.enter();
    bool called = false;
    const auto handler = [&](RealScope& scope) -> rg::Verdict<Close> {
      called = true;
      if (over_) return rg::Error(Errc::io, 0, "the program would have stopped");
      if (!has_scope(machine.state())) log_.fails("the handler was called, and the enter should have been refused");
      machine.step_is_done(Owner::close);
      auto evidence = Close::succeed(scope);
      machine.end(Claim::good_evidence, Owner::close);
      return evidence;
    };
    auto verdict = rg::reset(device(which), handler);
    if (!called && !over_ && has_scope(machine.state()) && machine.answers().has(Errc{})) {
      log_.fails("the handler was not called");
    }
    note(std::move(verdict));
  }

  // Destroys the state. If the table says that the program stops, a child process is to.
  void destroy(int which) {
    rg::ResetState& state = device(which).reset_state;
    if (machine(which).destroy()) {
      const std::uint64_t epoch = state.epoch();
      std::destroy_at(&state);
      std::construct_at(&state, epoch);
      known_[index(which)].reset();
      return;
    }
    over_ = true;
    const pid_t child = fork();
    if (child == 0) {
      rg::set_trap_handler([](const char*) noexcept { _exit(42); });
      std::destroy_at(&state);
      _exit(0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) {
      std::perror("explore_states: a child process");
      std::_Exit(2);
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 42)
      log_.fails("the program should have been stopped, and was not");
  }

  // --- what does not match ---

  void answered(int which, std::size_t line) {
    if (over_) return;
    const Machine& machine = machines_[index(which)];
    if (machine.was_recorded() && error_) known_[index(which)].emplace(*error_);
    error_.reset();
    if (setting_up_) return;
    log_.answer(line, answer_);
    if (machine.expected_hook() != Hook::none) log_.fails(which, "calls", Hook::none, machine.expected_hook());
    if (!machine.answers().has(answer_)) log_.fails_answer(which, answer_, machine.answers(), machine.row());
    compare();
  }

  void compare() {
    for (int i = 0; i != 2; ++i) {
      const rg::ResetState& state = device(i).reset_state;
      const Machine& machine = this->machine(i);
      if (state.depth() != machine.depth()) log_.fails(i, "depth()", state.depth(), machine.depth());
      if (state.in_reset() != machine.in_reset()) log_.fails(i, "in_reset()", state.in_reset(), machine.in_reset());
      if (state.quarantined() != machine.quarantined()) {
        log_.fails(i, "quarantined()", state.quarantined(), machine.quarantined());
      }
      if (state.unfenced() != machine.unfenced()) log_.fails(i, "unfenced()", state.unfenced(), machine.unfenced());
      if (state.epoch() != machine.epoch()) log_.fails(i, "epoch()", state.epoch(), machine.epoch());
      if (!state.quarantined()) continue;
      const Errc reason = state.quarantine_reason().code();
      if (!machine.reason().has(reason)) log_.fails_reason(i, reason, machine.reason());
    }
  }

  Chooser& chooser_;
  SequenceLog& log_;
  bool setting_up_ = true;
  bool over_ = false;  // nothing is compared any more: the program would have stopped, or the sequence is complete
  Reply setting_up_reply_ = Reply::succeeds;
  std::array<Machine, 2> machines_;
  std::array<Device, 2> devices_{};
  std::array<std::optional<RealOwned>, 2> ended_{};
  std::array<std::array<std::optional<RealOwned>, rg::depth_limit>, 2> scopes_{};
  std::array<std::optional<rg::Evidence<Work>>, 2> kept_{};  // the last step's evidence
  std::array<std::uint64_t, 2> kept_moments_{};
  std::array<std::optional<rg::Error>, 2> known_{};  // the last error that was recorded
  std::array<Errc, 2> ended_with_{};                 // the last scope of the device, as its trace says
  Errc answer_{};
  std::optional<rg::Error> error_{};
};

}  // namespace explore_states
