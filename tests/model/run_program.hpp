// Runs a program on the library and on the reference model in step. Each answer is compared, and both devices after
// each operation.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "program.hpp"
#include "reference_model.hpp"
#include "run_state.hpp"
#include "scripted_device.hpp"
#include "steps.hpp"

namespace random_programs {

class Run : private RunState {
 public:
  Run(const Program& program, Coverage& coverage) : RunState(program, coverage) {}

  // What did not match, or nothing.
  std::string run() {
    note_program();
    try {
      (void)perform(program_.ops);
    } catch (const Thrown&) {
      coverage_.add(Event::exception_not_caught);
    }
    for (std::size_t i = 0; i < hands_.size(); ++i) {
      const std::size_t next = program_.newest_first ? hands_.size() - 1 - i : i;
      if (hands_[next].scope && model_.scopes[std::size_t(hands_[next].model)].open) {
        coverage_.add(Event::scope_left_open);
      }
      destroy(next);
    }
    compare_devices("at the end");
    note_hooks();
    return mismatch_;
  }

 private:
  struct Thrown {};

  // Compares a scope's answer, keeps what came out, and does what the program does about it. `end`: the scope that
  // ended, if one did.
  template <class Result>
  Propagated settle(const Op& op, Result answer, const Ended& end, const reference::Claim& claimed) {
    if (op.then == Then::discard) {
      const bool failed = answer.failed();
      std::move(answer).discard("as the program does");
      discarded(op, failed, end.expected);
      if (mismatch_.empty() && failed) ended_unseen(end);
      if (mismatch_.empty() && !failed) ended(end, nullptr);
      return {};
    }
    if (answer.failed()) {
      const rg::Error error = std::move(answer).error();
      ended(end, &error);
      compare(op, &error, end.expected);
      if (!mismatch_.empty()) return {};
      return react(op, learn(error, *end.expected));
    }
    ended(end, nullptr);
    compare(op, nullptr, end.expected);
    if constexpr (std::is_same_v<Result, rg::Status>) {
      std::move(answer).discard("a scope that was finished with an error never gets here");
    } else {
      auto done = std::move(answer).take();
      if (claimed.evidence) {
        const reference::Evidence model = model_.renewed(model_device(end.device), *claimed.evidence);
        compare_claim(op, done, model);
        evidence_.keep(std::move(done), model, end.device);
      }
    }
    return {};
  }

  template <class Evidence>
  void compare_claim(const Op& op, const Evidence& actual, const reference::Evidence& model) {
    if (actual.claimed() == model.claimed()) return;
    differ("after", &op, std::string("the evidence is ") + (model.claimed() ? "no claim" : "a claim"));
  }

  // All that is known of an answer that was discarded is whether it is a failure.
  void discarded(const Op& op, bool failed, const reference::Answer& expected) {
    coverage_.add(failed ? Event::failure_discarded : Event::success_discarded);
    if (!failed) compare(op, nullptr, expected);
    if (failed && !expected) differ("after", &op, "the library answers a failure, the model success");
  }

  // What the program does about a failure that it looked at.
  Propagated react(const Op& op, const Known& known) {
    if (op.then == Then::drop) coverage_.add(Event::failure_dropped);
    if (op.then == Then::propagate) coverage_.add(Event::failure_propagated);
    if (op.then == Then::propagate) return known;
    const Frame* at = frame(op.from);
    if (op.then == Then::overrule && at != nullptr) overrule(*at, Known(known), op);
    return {};
  }

  // --- the operations ---

  Propagated perform(const std::vector<Op>& ops) {
    for (const Op& op : ops) {
      if (!mismatch_.empty()) break;
      coverage_.add(Event::operation);
      Propagated propagated = perform(op);
      compare_devices("after", &op);
      if (propagated) return propagated;
    }
    return {};
  }

  Propagated perform(const Op& op) {
    switch (op.act) {
      case Do::reset: return with_verdict(op.kind, [&]<class... S>() { return reset<S...>(op, op.levels); });
      case Do::scope: return with_verdict(op.kind, [&]<class... S>() { return scope<S...>(op); });
      case Do::finish: return with_verdict(op.kind, [&]<class... S>() { return finish<S...>(op); });
      case Do::step: return with_step(op.kind, [&]<class S>() { return step<S>(op); });
      case Do::touch:
        if (const Frame* at = frame(op.from); at != nullptr && actual_scope(*at) != nullptr) {
          coverage_.add(Event::touch);
          actual_scope(*at)->touch();
          model_.touch(at->model);
        }
        return {};
      case Do::overrule:
        if (const Frame* at = frame(op.from); at != nullptr && !errors_.empty()) {
          Known known = old_error(op);
          if (op.forged) {
            coverage_.add(Event::overrule_forged);
            known.actual = unrecorded(known.actual);
            known.model.serial = 0;
          }
          overrule(*at, known, op);
        }
        return {};
      case Do::move:
        if (Hand* hand = hand_of(op); hand != nullptr && hand->scope) {
          coverage_.add(Event::scope_moved);
          std::optional<Owned> elsewhere(std::move(*hand->scope));
          hand->scope.emplace(std::move(*elsewhere));
        }
        return {};
      case Do::drop:
        if (!hands_.empty()) destroy(hands_.size() - 1 - std::size_t(op.pick) % hands_.size());
        return {};
      case Do::leave: throw Thrown();
      case Do::hooks: script_hooks(op); return {};
      case Do::release: release(op); return {};
    }
    return {};
  }

  void script_hooks(const Op& op) {
    Device& actual = device(op.device);
    reference::Device& model = model_device(op.device);
    actual.next_prepare = model.next_prepare = Hook(op.kind);
    actual.next_done = model.next_done = Hook(op.next_done);
    actual.prepare_native = model.prepare_native = 1000 + next_native();
    actual.done_native = model.done_native = 1000 + next_native();
  }

  void release(const Op& op) {
    auto status = rg::release_quarantine(device(op.device), "random program");
    const std::size_t hooks = model_device(op.device).log.size();
    const reference::Answer expected = model_.release(op.device);
    const bool refused = model_device(op.device).log.size() == hooks;
    coverage_.add(refused ? Event::release_refused : expected ? Event::release_failed : Event::released);
    if (!status.failed()) return compare(op, nullptr, expected);
    const rg::Error error = std::move(status).error();
    compare(op, &error, expected);
    if (expected) learn(error, *expected);
  }

  void overrule(const Frame& at, const Known& known, const Op& op) {
    Scope* scope = actual_scope(at);
    if (scope == nullptr) return;
    auto status = scope->overrule(known.actual);
    const std::optional<bool> accepted = model_.overrule(at.model, known.model);
    if (status.failed()) {
      coverage_.add(Event::overrule_refused);
      const rg::Error error = std::move(status).error();
      if (accepted == true) differ("in", &op, "overrule is refused with " + text(error) + ", the model accepts it");
    } else if (accepted == false) {
      differ("in", &op, "overrule is accepted, the model refuses it");
    } else {
      coverage_.add(Event::overruled);
      if (model_device(device_of(at.model)).open.back() != at.model) coverage_.add(Event::overruled_further_in);
      if (!accepted) model_.overrule_anywhere(at.model, known.model);
      property(device_of(at.model)).overruled(known.model.serial);
    }
  }

  template <class... S>
  Propagated reset(const Op& op, int levels) {
    reference::Claim claimed;
    const std::size_t frames = frames_.size();
    Ended end{op.device};
    const std::optional<int> number = model_.enter(op.device, end.expected);
    try {
      auto verdict = rg::reset(device(op.device), [&](Scope& scope) -> rg::Verdict<S...> {
        entered(op, number, end.expected);
        if (!number) {
          differ("in", &op, "the library enters, the model answers " + text(end.expected));
          return rg::Error{rg::Errc::invalid, 0, "mismatch"};
        }
        compare_devices("in", &op);
        frames_.push_back({&scope, 0, *number});
        Propagated propagated = levels > 1 ? reset<S...>(op, levels - 1) : perform(op.body);
        frames_.pop_back();
        Claimed<S...> both = claim<S...>(op, op.device, propagated);
        claimed = both.model;
        end = about_to_end(*number, steps_of<S...>());
        return std::move(both.verdict);
      });
      if (number) {
        note_order(*number);
        end.expected = model_.end(*number, claimed, end.steps);
      } else {
        entered(op, number, end.expected);
      }
      return settle(op, std::move(verdict), end, claimed);
    } catch (const Thrown&) {
      while (frames_.size() > frames) frames_.pop_back();
      if (!number) throw;
      coverage_.add(Event::exception_through_reset);
      abandoned(*number, steps_of<S...>());
      compare_devices("left by an exception,", &op);
      if (!op.catches) throw;
      caught(op);
      return {};
    }
  }

  void caught(const Op& op) {
    const bool inside = !model_device(op.device).open.empty();
    coverage_.add(inside ? Event::exception_caught_inside : Event::exception_caught_outside);
  }

  // The block around a scope made by hand: it destroys the scope however it is left.
  struct Block {
    Run& run;
    std::size_t frames;
    std::size_t hand;
    bool stays_open;
    ~Block() {
      if (run.frames_.size() > frames) run.coverage_.add(Event::exception_through_scope);
      while (run.frames_.size() > frames) run.frames_.pop_back();
      if (!stays_open) run.destroy(hand);
    }
  };

  template <class... S>
  Propagated scope(const Op& op) {
    Ended end{op.device};
    const std::optional<int> number = model_.enter(op.device, end.expected);
    auto result = Owned::enter(device(op.device));
    entered(op, number, end.expected);
    if (result.failed()) {
      if (op.then == Then::discard) {
        std::move(result).discard("as the program does");
        discarded(op, true, end.expected);
        return {};
      }
      const rg::Error error = std::move(result).error();
      compare(op, &error, end.expected);
      if (!mismatch_.empty()) return {};
      return react(op, learn(error, *end.expected));
    }
    hands_.emplace_back();
    Hand& hand = hands_.back();
    hand.scope.emplace(std::move(result).take());
    if (!number) {
      differ("in", &op, "the library enters, the model answers " + text(end.expected));
      return {};
    }
    hand.model = *number;
    compare_devices("in", &op);
    const std::size_t index = hands_.size() - 1;
    try {
      Block block{*this, frames_.size(), index, op.stays_open};
      frames_.push_back({nullptr, index, *number});
      const Propagated propagated = perform(op.body);
      frames_.pop_back();
      if (op.stays_open || op.end == End::abandoned || !hand.scope || !mismatch_.empty()) return propagated;
      return finish<S...>(op, *hand.scope, *number, propagated);
    } catch (const Thrown&) {
      if (!op.catches) throw;
      caught(op);
      return {};
    }
  }

  template <class... S>
  Propagated finish(const Op& op) {
    if (op.any_scope) {
      Hand* hand = hand_of(op);
      return hand != nullptr && hand->scope ? finish<S...>(op, *hand->scope, hand->model, {}) : Propagated();
    }
    const Frame* at = frame(op.from);  // one that reset() lent cannot be finished: that does not compile
    if (at == nullptr || at->borrowed != nullptr || !hands_[at->hand].scope) return {};
    return finish<S...>(op, *hands_[at->hand].scope, at->model, {});
  }

  template <class... S>
  Propagated finish(const Op& op, Owned& scope, int number, const Propagated& propagated) {
    const reference::Scope& model = model_.scopes[std::size_t(number)];
    const bool refused = !model.open;
    if (refused) coverage_.add(Event::finish_again);
    if (!refused && op.act == Do::finish) coverage_.add(Event::finish_early);
    Claimed<S...> both = claim<S...>(op, model.device, propagated);
    const auto end = [&](auto result, reference::Steps steps) -> Propagated {
      Ended end = about_to_end(number, std::move(steps));
      if (!refused) note_order(number);
      end.expected = model_.finish(number, both.model, end.steps);
      if (refused) {
        end.scope.reset();
        if (end.expected) property(end.device).failed(*end.expected, {});
      }
      return settle(op, std::move(result), end, both.model);
    };
    if (!op.bare) return end(scope.finish(std::move(both.verdict)), steps_of<S...>());
    if (both.verdict.failed()) {
      coverage_.add(Event::finish_error);
      return end(scope.finish(std::move(both.verdict).error()), {});
    }
    coverage_.add(Event::finish_done);
    auto done = std::move(both.verdict).take();
    return end(scope.finish(std::move(done)), steps_of<S...>());
  }

  template <class S>
  Propagated step(const Op& op) {
    const Frame* at = frame(op.from);
    if (at == nullptr || actual_scope(*at) == nullptr) return {};
    if (op.from > 0) coverage_.add(Event::step_through_outer);
    return op.key == 0 ? step_by_hand<S>(op, *at) : step_for_key<S>(op, *at);
  }

  // A step in the caller's scope.
  template <class S>
  Propagated step_by_hand(const Op& op, const Frame& at) {
    const int which = device_of(at.model);
    const Script script = script_of<S>(op);
    auto verdict = S::in(*actual_scope(at), script);
    const Passing expected = model_step<S>(script, at.model, {S::id}, which);
    if (op.then == Then::discard) {
      const bool failed = verdict.failed();
      std::move(verdict).discard("as the program does");
      discarded(op, failed, expected.error);
      return {};
    }
    if (verdict.failed()) {
      const rg::Error error = std::move(verdict).error();
      compare(op, &error, expected.error);
      return expected.error ? react(op, learn(error, *expected.error)) : Propagated();
    }
    compare(op, nullptr, expected.error);
    auto done = std::move(verdict).take();
    if (!expected.evidence) return {};
    compare_claim(op, done, *expected.evidence);
    evidence_.keep(std::move(done), *expected.evidence, which);
    return {};
  }

  // A step for one of several things, in a scope of its own.
  template <class S>
  Propagated step_for_key(Op op, const Frame& at) {
    coverage_.add(Event::step_for_key);
    op.device = device_of(at.model);
    const Script script = script_of<S>(op);
    const bool in_reset = !model_device(op.device).open.empty();
    Ended end{op.device};
    std::optional<int> number;
    if (in_reset) number = model_.enter(op.device, end.expected);
    auto verdict = S::run_for(*actual_scope(at), op.key, script);
    if (!in_reset) {  // the scope that it was asked for has ended, and so has the reset
      coverage_.add(Event::step_outside);
      end.expected = reference::Error{"out_of_order"};
      return settle(op, std::move(verdict), end, {});
    }
    entered(op, number, end.expected);
    if (!number) return settle(op, std::move(verdict), end, {});
    const reference::Steps steps{S::id + step_count * op.key};
    const Passing passing = model_step<S>(script, *number, steps, op.device);
    const reference::Claim claimed{passing.evidence, passing.error};
    end = about_to_end(*number, steps);
    end.expected = model_.end(*number, claimed, steps, !resets<S>);
    return settle(op, std::move(verdict), end, claimed);
  }

  template <class S>
  Script script_of(const Op& op) {
    Script script;
    script.shows = !op.claims;
    if (!op.fails) {
      coverage_.add(!resets<S> || script.shows ? Event::step_done : Event::step_claims);
      return script;
    }
    const bool by_witness = resets<S> && op.by_witness;
    if (by_witness) coverage_.add(Event::step_failed_by_witness);
    std::optional<rg::Error>& fails = by_witness ? script.witness_fails : script.act_fails;
    failing_with_.reset();
    if (op.old_error && !errors_.empty()) {
      coverage_.add(Event::step_failed_again);
      failing_with_.emplace(old_error(op));
    } else {
      const int native = next_native();
      const auto code = op.unsupported ? rg::Errc::unsupported : rg::Errc::io;
      failing_with_.emplace(Known{{code, native, "step"}, {rg::to_string(code), native, "step"}});
    }
    fails = failing_with_->actual;
    return script;
  }

  // What the model says of a step: evidence, or an error.
  struct Passing {
    std::optional<reference::Evidence> evidence{};
    reference::Answer error{};
  };
  template <class S>
  Passing model_step(const Script& script, int scope, const reference::Steps& steps, int which) {
    if (!script.act_fails && !script.witness_fails) {
      const reference::Evidence evidence = model_.pass(scope, steps.front(), resets<S>, script.shows);
      property(which).verified(steps);
      return {evidence, {}};
    }
    const reference::Error error = model_.fail(scope, steps.front(), resets<S>, failing_with_->model);
    coverage_.add(error.code == "unsupported"       ? Event::step_unsupported
                  : error.code == "already_touched" ? Event::step_touched
                                                    : Event::step_failed);
    if (error.code != "unsupported") property(which).failed(error, steps);
    return {{}, error};
  }

  std::optional<Known> failing_with_{};  // the error that the next step fails with
};

}  // namespace random_programs
