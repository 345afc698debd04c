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
      if (claimed.evidence) evidence_.keep(std::move(done), model_.evidence_now(model_device(end.device)), end.device);
    }
    return {};
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
    const int which = device_of(at->model);
    if (op.from > 0) coverage_.add(Event::step_through_outer);
    if (op.fails) return failing_step<S>(op, *at, which);
    coverage_.add(Event::step_done);
    auto verdict = S::run(*actual_scope(*at), rg::ok());
    const reference::Evidence model = model_.pass(at->model, S::id);
    property(which).verified({S::id});
    if (op.then == Then::discard) {
      const bool failed = verdict.failed();
      std::move(verdict).discard("as the program does");
      discarded(op, failed, {});
      return {};
    }
    if (verdict.failed()) {
      const rg::Error error = std::move(verdict).error();
      compare(op, &error, {});
      return {};
    }
    auto done = std::move(verdict).take();
    if constexpr (S::id != d0 && S::id != d3) evidence_.keep(std::move(done), model, which);
    return {};
  }

  template <class S>
  Propagated failing_step(const Op& op, const Frame& at, int which) {
    const int native = next_native();
    const auto code = op.unsupported ? rg::Errc::unsupported : rg::Errc::io;
    Known known{{code, native, "step"}, {rg::to_string(code), native, "step"}};
    const bool again = op.old_error && !errors_.empty();
    if (again) known = old_error(op);
    auto verdict = S::run(*actual_scope(at), known.actual);
    const reference::Error expected = model_.fail(at.model, S::id, std::is_base_of_v<rg::ResetStep<S>, S>, known.model);
    coverage_.add(again                            ? Event::step_failed_again
                  : expected.code == "unsupported" ? Event::step_unsupported
                  : expected.code == "already_touched"     ? Event::step_touched
                                                   : Event::step_failed);
    if (expected.code != "unsupported") property(which).failed(expected, {S::id});
    if (op.then == Then::discard) {
      const bool failed = verdict.failed();
      std::move(verdict).discard("as the program does");
      discarded(op, failed, expected);
      return {};
    }
    if (!verdict.failed()) {
      compare(op, nullptr, expected);
      return {};
    }
    const rg::Error error = std::move(verdict).error();
    compare(op, &error, expected);
    return react(op, learn(error, expected));
  }
};

}  // namespace random_programs
