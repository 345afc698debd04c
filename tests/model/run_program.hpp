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
  Run(const Program& program, Counts& counts) : RunState(program, counts) {}

  // What did not match, or nothing.
  std::string run() {
    try {
      (void)perform(program_.ops);
    } catch (const Thrown&) {
    }
    for (std::size_t i = 0; i < hands_.size(); ++i) destroy(program_.newest_first ? hands_.size() - 1 - i : i);
    compare_devices("at the end");
    return mismatch_;
  }

 private:
  struct Thrown {};

  // Compares a scope's answer, keeps what came out, and does what the program does about it.
  template <class Result>
  Propagated settle(const Op& op, Result answer, const reference::Answer& expected, const reference::Claim& claimed,
                    int which) {
    if (answer.failed()) {
      const rg::Error error = std::move(answer).error();
      compare(op, &error, expected);
      if (!mismatch_.empty()) return {};
      return react(op, learn(error, *expected));
    }
    compare(op, nullptr, expected);
    if constexpr (std::is_same_v<Result, rg::Status>) {
      std::move(answer).discard("a scope that was finished with an error never gets here");
    } else {
      auto done = std::move(answer).take();
      if (claimed.evidence) evidence_.keep(std::move(done), *claimed.evidence, which);
    }
    return {};
  }

  // What the program does about a failure.
  Propagated react(const Op& op, const Known& known) {
    if (op.then == Then::propagate) return known;
    const Frame* at = frame(op.from);
    if (op.then == Then::supersede && at != nullptr) supersede(*at, Known(known), op);
    return {};
  }

  // --- the operations ---

  Propagated perform(const std::vector<Op>& ops) {
    for (const Op& op : ops) {
      if (!mismatch_.empty()) break;
      ++counts_.operations;
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
          actual_scope(*at)->touch();
          model_.touch(at->model);
        }
        return {};
      case Do::supersede:
        if (const Frame* at = frame(op.from); at != nullptr && !errors_.empty()) {
          Known known = old_error(op);
          if (op.forged) {
            known.actual = rg::Error{known.actual.code, known.actual.native, known.actual.step};
            known.model.serial = 0;
          }
          supersede(*at, known, op);
        }
        return {};
      case Do::move:
        if (Hand* hand = hand_of(op); hand != nullptr && hand->scope) {
          std::optional<Scope> elsewhere(std::move(*hand->scope));
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
    const reference::Answer expected = model_.release(op.device);
    if (!status.failed()) return compare(op, nullptr, expected);
    const rg::Error error = std::move(status).error();
    compare(op, &error, expected);
    if (expected) learn(error, *expected);
  }

  void supersede(const Frame& at, const Known& known, const Op& op) {
    Scope* scope = actual_scope(at);
    if (scope == nullptr) return;
    auto status = scope->supersede(known.actual);
    const std::optional<bool> accepted = model_.supersede(at.model, known.model);
    if (status.failed()) {
      const rg::Error error = std::move(status).error();
      if (accepted == true) differ("in", &op, "supersede is refused with " + text(error) + ", the model accepts it");
    } else if (accepted == false) {
      differ("in", &op, "supersede is accepted, the model refuses it");
    } else {
      if (!accepted) model_.supersede_anywhere(at.model, known.model);
      property(device_of(at.model)).superseded(known.model.serial);
    }
  }

  template <class... S>
  Propagated reset(const Op& op, int levels) {
    const reference::Steps steps = steps_of<S...>();
    reference::Answer expected;
    reference::Claim claimed;
    const std::size_t frames = frames_.size();
    const std::optional<int> number = model_.enter(op.device, true, expected);
    bool outermost = false;
    try {
      auto verdict = rg::reset(device(op.device), [&](Scope& scope) -> rg::Verdict<S...> {
        entered(op.device, number, expected);
        if (!number) {
          differ("in", &op, "the library enters, the model answers " + text(expected));
          return rg::Error{rg::Errc::invalid, 0, "mismatch"};
        }
        compare_devices("in", &op);
        frames_.push_back({&scope, 0, *number});
        Propagated propagated = levels > 1 ? reset<S...>(op, levels - 1) : perform(op.body);
        frames_.pop_back();
        outermost = is_outermost(*number);
        Claimed<S...> both = claim<S...>(op, op.device, propagated);
        claimed = both.model;
        return std::move(both.verdict);
      });
      if (number) {
        expected = model_.end(*number, claimed, steps);
      } else {
        entered(op.device, number, expected);
      }
      if (verdict.failed()) {
        const rg::Error error = std::move(verdict).error();
        if (number) ended(op.device, *number, steps, &error, expected, outermost);
        return settle<rg::Verdict<S...>>(op, error, expected, claimed, op.device);
      }
      if (number) ended(op.device, *number, steps, nullptr, expected, outermost);
      return settle(op, std::move(verdict), expected, claimed, op.device);
    } catch (const Thrown&) {
      while (frames_.size() > frames) frames_.pop_back();
      if (!number) throw;
      abandoned(*number, steps);
      compare_devices("left by an exception,", &op);
      if (!op.catches) throw;
      return {};
    }
  }

  // The block around a scope made by hand: it destroys the scope however it is left.
  struct Block {
    Run& run;
    std::size_t frames;
    std::size_t hand;
    bool stays_open;
    ~Block() {
      while (run.frames_.size() > frames) run.frames_.pop_back();
      if (!stays_open) run.destroy(hand);
    }
  };

  template <class... S>
  Propagated scope(const Op& op) {
    reference::Answer expected;
    const std::optional<int> number = model_.enter(op.device, false, expected);
    auto result = Scope::enter(device(op.device));
    entered(op.device, number, expected);
    if (result.failed()) {
      const rg::Error error = std::move(result).error();
      if (number) differ("in", &op, "the library answers " + text(error) + ", the model enters");
      compare(op, &error, expected);
      if (!mismatch_.empty()) return {};
      return react(op, learn(error, *expected));
    }
    hands_.emplace_back();
    Hand& hand = hands_.back();
    hand.scope.emplace(std::move(result).take());
    if (!number) {
      differ("in", &op, "the library enters, the model answers " + text(expected));
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
      return {};
    }
  }

  template <class... S>
  Propagated finish(const Op& op) {
    if (op.any_scope) {
      Hand* hand = hand_of(op);
      return hand != nullptr && hand->scope ? finish<S...>(op, *hand->scope, hand->model, {}) : Propagated();
    }
    const Frame* at = frame(op.from);
    if (at == nullptr || actual_scope(*at) == nullptr) return {};
    return finish<S...>(op, *actual_scope(*at), at->model, {});
  }

  template <class... S>
  Propagated finish(const Op& op, Scope& scope, int number, const Propagated& propagated) {
    const int which = device_of(number);
    const reference::Scope& model = model_.scopes[std::size_t(number)];
    const bool ends = model.open && !model.borrowed;
    const bool outermost = is_outermost(number);
    Claimed<S...> both = claim<S...>(op, which, propagated);
    const auto end = [&](auto result, const reference::Steps& steps) -> Propagated {
      const reference::Answer expected = model_.finish(number, both.model, steps);
      if (result.failed()) {
        const rg::Error error = std::move(result).error();
        if (ends) {
          ended(which, number, steps, &error, expected, outermost);
        } else if (expected) {
          property(which).failed(*expected, {});
        }
        return settle<decltype(result)>(op, error, expected, both.model, which);
      }
      ended(which, number, steps, nullptr, expected, outermost);
      return settle(op, std::move(result), expected, both.model, which);
    };
    if (!op.bare) return end(scope.finish(std::move(both.verdict)), steps_of<S...>());
    if (both.verdict.failed()) return end(scope.finish(std::move(both.verdict).error()), {});
    auto done = std::move(both.verdict).take();
    return end(scope.finish(std::move(done)), steps_of<S...>());
  }

  template <class S>
  Propagated step(const Op& op) {
    const Frame* at = frame(op.from);
    if (at == nullptr || actual_scope(*at) == nullptr) return {};
    const int which = device_of(at->model);
    if (!op.fails) {
      auto verdict = S::run(*actual_scope(*at), rg::ok());
      const reference::Evidence model = model_.done(at->model, S::id);
      if (verdict.failed()) {
        differ("in", &op, "the library answers " + text(std::move(verdict).error()));
        return {};
      }
      property(which).verified({S::id});
      auto done = std::move(verdict).take();
      if constexpr (S::id != d0 && S::id != d3) evidence_.keep(std::move(done), model, which);
      return {};
    }
    const int native = next_native();
    const auto code = op.unsupported ? rg::Errc::unsupported : rg::Errc::io;
    Known known{{code, native, "step"}, {rg::to_string(code), native, "step"}};
    if (op.old_error && !errors_.empty()) known = old_error(op);
    auto verdict = S::run(*actual_scope(*at), known.actual);
    const reference::Error expected =
        model_.fail(at->model, S::id, std::is_base_of_v<rg::ResetStep<S>, S>, known.model);
    if (expected.code != "unsupported") property(which).failed(expected, {S::id});
    if (!verdict.failed()) {
      differ("in", &op, "the library answers success");
      return {};
    }
    const rg::Error error = std::move(verdict).error();
    compare(op, &error, expected);
    return react(op, learn(error, expected));
  }
};

}  // namespace random_programs
