// What a run knows: the library's side and the model's, what does not match, and what the program has had of both.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compare.hpp"
#include "coverage.hpp"
#include "evidence_pool.hpp"
#include "print_program.hpp"
#include "program.hpp"
#include "property.hpp"
#include "reference_model.hpp"
#include "scripted_device.hpp"

namespace random_programs {

class RunState {
 protected:
  explicit RunState(const Program& program, Coverage& coverage) : program_(program), coverage_(coverage) {}
  RunState(const RunState&) = delete;
  RunState& operator=(const RunState&) = delete;
  ~RunState() = default;

  // An error, as each side knows it.
  struct Known {
    rg::Error actual;
    reference::Error model;
  };
  using Propagated = std::optional<Known>;

  // A scope made by hand.
  struct Hand {
    std::optional<Owned> scope{};
    int model = 0;
  };

  // A scope that the running operations are in: one that reset() lent, or one made by hand.
  struct Frame {
    Scope* borrowed;
    std::size_t hand;
    int model;
  };

  const Program& program_;
  Coverage& coverage_;
  std::string mismatch_{};
  reference::Model model_{};
  std::array<Device, 2> devices_{};
  std::array<Property, 2> properties_{};
  std::deque<Hand> hands_{};
  std::vector<Frame> frames_{};
  std::vector<Known> errors_{};
  EvidencePool evidence_{};
  int natives_ = 0;

  // --- what does not match: the first difference counts ---

  void differ(const std::string& what) {
    if (mismatch_.empty()) mismatch_ = what;
  }
  void differ(const char* when, const Op* op, const std::string& what) {
    if (!what.empty()) differ(when + (op != nullptr ? " '" + line(*op) + "': " : std::string(": ")) + what);
  }

  void compare(const Op& op, const rg::Error* actual, const reference::Answer& model) {
    note_answer(actual);
    differ("after", &op, difference(actual, model));
  }

  void compare_devices(const char* when, const Op* op = nullptr) {
    for (int i = 0; i < 2 && mismatch_.empty(); ++i) {
      const std::string what = difference(device(i), model_device(i));
      if (!what.empty()) differ(when, op, (i == 0 ? "A: " : "B: ") + what);
    }
  }

  // --- what the program has had ---

  Device& device(int which) { return devices_[std::size_t(which)]; }
  reference::Device& model_device(int which) { return model_.devices[std::size_t(which)]; }
  Property& property(int which) { return properties_[std::size_t(which)]; }

  Scope* actual_scope(const Frame& frame) {
    if (frame.borrowed != nullptr) return frame.borrowed;
    std::optional<Owned>& scope = hands_[frame.hand].scope;
    return scope ? &*scope : nullptr;
  }

  // The scope `from` further out, or nothing if there is none.
  const Frame* frame(int from) const {
    return std::size_t(from) < frames_.size() ? &frames_[frames_.size() - 1 - std::size_t(from)] : nullptr;
  }

  Hand* hand_of(const Op& op) {
    return hands_.empty() ? nullptr : &hands_[hands_.size() - 1 - std::size_t(op.pick) % hands_.size()];
  }

  int device_of(int scope) const { return model_.scopes[std::size_t(scope)].device; }
  bool is_outermost(int scope) const {
    return model_.scopes[std::size_t(scope)].open && model_.devices[std::size_t(device_of(scope))].open.size() == 1;
  }

  const Known& learn(const rg::Error& actual, reference::Error model) {
    if (model.code == reference::some_failure || model.code == reference::anything) {
      model = {rg::to_string(actual.code()), actual.native(), actual.where(), static_cast<int>(actual.later_errors())};
    }
    errors_.push_back({actual, model});
    return errors_.back();
  }

  Known old_error(const Op& op) const { return errors_[errors_.size() - 1 - std::size_t(op.pick) % errors_.size()]; }

  // The same error, as one that was never recorded.
  static rg::Error unrecorded(const rg::Error& error) { return {error.code(), error.native(), "forged"}; }

  int next_native() { return ++natives_; }

  // --- scopes begin and end ---

  // `scope` is the model's, or nothing: then it refused. The library is said to have done the same.
  void entered(const Op& op, const std::optional<int>& scope, const reference::Answer& refused) {
    const reference::Device& model = model_device(op.device);
    if (scope) {
      const bool outermost = model.open.size() == 1;
      property(op.device).entered(*scope, outermost, model.reentered);
      if (outermost) coverage_.add(Event::reset);
      if (outermost && model.quarantined) coverage_.add(Event::entered_quarantined);
      if (op.act == Do::reset) coverage_.add(outermost ? Event::entered_by_reset : Event::nested_by_reset);
      if (op.act == Do::scope) coverage_.add(outermost ? Event::entered_by_hand : Event::nested_by_hand);
      if (outermost && !model_device(1 - op.device).open.empty()) coverage_.add(Event::entered_within_another);
    } else if (model.open.empty()) {
      coverage_.add(Event::prepare_failed);
      differ(Property::prepare_failed(device(op.device)));
    } else {
      coverage_.add(Event::enter_too_deep);
      property(op.device).failed(*refused, {});
    }
  }

  // A scope that has ended, if one did, and the model's answer.
  struct Ended {
    int device;
    std::optional<int> scope{};
    bool outermost = false;
    reference::Steps steps{};
    reference::Answer expected{};
  };

  Ended about_to_end(int scope, reference::Steps steps) const {
    return {device_of(scope), scope, is_outermost(scope), std::move(steps)};
  }

  // `actual` is the library's answer: nullptr for success.
  void ended(const Ended& end, const rg::Error* actual) {
    if (!end.scope) return;
    Property& rule = property(end.device);
    const Device& whose = device(end.device);
    const bool unsupported = actual != nullptr && actual->code() == rg::Errc::unsupported;
    if (!end.outermost) {
      if (actual == nullptr) rule.verified(end.steps);
      if (actual != nullptr && !unsupported && end.expected) {
        rule.inner_scope_failed(*end.scope, *end.expected, end.steps);
      }
    } else if (actual == nullptr) {
      const bool claimed = model_device(end.device).log.back() == "done(claimed)";
      coverage_.add(claimed ? Event::claimed : Event::verified);
      if (rule.anything_failed()) coverage_.add(Event::verified_after_failures);
      if (model_device(end.device).was_quarantined) coverage_.add(Event::verified_quarantined);
      differ(rule.outermost_verified(whose));
    } else {
      coverage_.add(unsupported && !whose.reset_state.quarantined() ? Event::untouched : Event::failed);
      if (program_.honest) differ("everything that failed was resolved, and the reset failed with " + text(*actual));
      const bool in_order = end.expected && end.expected->code != reference::some_failure;
      differ(rule.outermost_failed(whose, *actual, in_order));
    }
  }

  // The same for a failure of the library's that nobody looks at: the model's stands for it.
  void ended_unseen(const Ended& end) {
    const bool unsupported = end.expected->code == "unsupported";
    const rg::Error unseen{unsupported ? rg::Errc::unsupported : rg::Errc::abandoned, end.expected->native, "unseen"};
    ended(end, &unseen);
  }

  // A scope was left without finish().
  void abandoned(int scope, const reference::Steps& steps) {
    Ended end = about_to_end(scope, steps);
    note_order(scope);
    end.expected = model_.end(scope, {}, steps);
    if (!end.expected) return;
    if (end.expected->code == "abandoned") coverage_.add(Event::answered_abandoned);
    ended_unseen(end);
  }

  void destroy(std::size_t index) {
    Hand& hand = hands_[index];
    if (!hand.scope) return;
    hand.scope.reset();
    if (model_.scopes[std::size_t(hand.model)].open) coverage_.add(Event::not_finished);
    abandoned(hand.model, {});
  }

  // --- what a scope is finished with ---

  template <class... S>
  Claimed<S...> claim(const Op& op, int which, const Propagated& propagated) {
    const auto error = [](const rg::Error& actual, const reference::Error& model) {
      return Claimed<S...>{actual, {{}, model}, -1};
    };
    if (propagated) {
      coverage_.add(Event::propagated_error);
      return error(propagated->actual, propagated->model);
    }
    if (op.end == End::old_error && !errors_.empty()) {
      coverage_.add(Event::old_error);
      const Known known = old_error(op);
      return error(known.actual, known.model);
    }
    if (op.end == End::right || op.end == End::any || op.end == End::mixed) {
      if (auto found = evidence_.take<S...>(which, op)) {
        note_evidence(found->model.evidence, found->device, which);
        return std::move(*found);
      }
    }
    const int native = next_native();
    if (op.end == End::unsupported) {
      coverage_.add(Event::unsupported);
      return error({rg::Errc::unsupported, native, "handler"}, {"unsupported", native, "handler"});
    }
    coverage_.add(Event::new_error);
    return error({rg::Errc::timed_out, native, "handler"}, {"timed_out", native, "handler"});
  }

  // --- what is counted ---

  void note_evidence(const std::optional<reference::Evidence>& evidence, int of, int which) {
    const reference::Device& model = model_device(which);
    const int opened = model.open.empty() ? 0 : model_.scopes[std::size_t(model.open.back())].opened;
    const int good_from = std::max(opened, model.good_from);
    coverage_.add(!evidence                        ? Event::joined_evidence
                  : of != which                    ? Event::foreign_evidence
                  : evidence->reset != model.reset ? Event::earlier_evidence
                  : evidence->moment >= good_from  ? Event::right_evidence
                                                   : Event::stale_evidence);
  }

  void note_order(int scope) {
    const std::vector<int>& open = model_device(device_of(scope)).open;
    if (model_.scopes[std::size_t(scope)].open && open.back() != scope) coverage_.add(Event::out_of_order);
  }

  void note_answer(const rg::Error* actual) {
    if (actual == nullptr) return;
    switch (actual->code()) {
      case rg::Errc::unresolved_failure: coverage_.add(Event::answered_unresolved); break;
      case rg::Errc::invalid_evidence: coverage_.add(Event::answered_foreign); break;
      case rg::Errc::not_shown: coverage_.add(Event::answered_not_shown); break;
      case rg::Errc::already_touched: coverage_.add(Event::answered_touched); break;
      case rg::Errc::out_of_order: coverage_.add(Event::answered_out_of_order); break;
      default: break;
    }
  }

  void note_program() {
    coverage_.add(program_.honest ? Event::program_resolving_all : Event::program_of_anything);
    if (operations(program_.ops) == max_operations) coverage_.add(Event::program_of_most_operations);
    if (depth(program_.ops) == max_depth) coverage_.add(Event::program_of_most_depth);
  }

  void note_hooks() {
    for (const Device& device : devices_) {
      for (int hook = 0; hook < reference::hook_count; ++hook) {
        coverage_.add(Event(int(Event::prepare_succeeds) + hook), std::uint64_t(device.prepares[std::size_t(hook)]));
        coverage_.add(Event(int(Event::done_succeeds) + hook), std::uint64_t(device.dones[std::size_t(hook)]));
      }
    }
  }
};

}  // namespace random_programs
