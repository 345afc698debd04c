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
#include "evidence_pool.hpp"
#include "print_program.hpp"
#include "program.hpp"
#include "property.hpp"
#include "reference_model.hpp"
#include "scripted_device.hpp"

namespace random_programs {

// What the programs came to: a test in which nothing is ever verified, or nothing ever fails, tests nothing.
struct Counts {
  std::uint64_t operations = 0, resets = 0, verified = 0, verified_after_failures = 0, untouched = 0, failed = 0,
                prepares_failed = 0;
};

class RunState {
 protected:
  explicit RunState(const Program& program, Counts& counts) : program_(program), counts_(counts) {}
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
    std::optional<Scope> scope{};
    int model = 0;
  };

  // A scope that the running operations are in: one that reset() lent, or one made by hand.
  struct Frame {
    Scope* borrowed;
    std::size_t hand;
    int model;
  };

  const Program& program_;
  Counts& counts_;
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
    std::optional<Scope>& scope = hands_[frame.hand].scope;
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
      model = {rg::to_string(actual.code), actual.native, actual.step, actual.later};
    }
    errors_.push_back({actual, model});
    return errors_.back();
  }

  Known old_error(const Op& op) const { return errors_[errors_.size() - 1 - std::size_t(op.pick) % errors_.size()]; }

  int next_native() { return ++natives_; }

  // --- scopes begin and end ---

  void entered(int which, const std::optional<int>& scope, const reference::Answer& refused) {
    const reference::Device& model = model_device(which);
    if (scope) {
      const bool outermost = model.open.size() == 1;
      counts_.resets += outermost;
      property(which).entered(*scope, outermost, model.reentered);
    } else if (model.open.empty()) {
      ++counts_.prepares_failed;
      const std::string held = Property::prepare_failed(device(which));
      if (!held.empty()) differ(held);
    } else {
      property(which).failed(*refused, {});
    }
  }

  // `actual` is the library's answer: nullptr for success.
  void ended(int which, int scope, const reference::Steps& steps, const rg::Error* actual,
             const reference::Answer& model, bool was_outermost) {
    const bool unsupported = actual != nullptr && actual->code == rg::Errc::unsupported;
    if (!was_outermost) {
      if (actual == nullptr) property(which).verified(steps);
      if (actual != nullptr && !unsupported && model) property(which).inner_scope_failed(scope, *model, steps);
      return;
    }
    std::string wrong;
    if (actual == nullptr) {
      ++counts_.verified;
      counts_.verified_after_failures += property(which).anything_failed();
      wrong = property(which).outermost_verified(device(which));
    } else {
      ++(unsupported && !device(which).reset_state.quarantined() ? counts_.untouched : counts_.failed);
      if (program_.honest) differ("everything that failed was resolved, and the reset failed with " + text(*actual));
      wrong = property(which).outermost_failed(device(which), *actual, model && model->code != reference::some_failure);
    }
    if (!wrong.empty()) differ(wrong);
  }

  // A scope was left: the model's answer stands for the library's, which nobody gets.
  void abandoned(int number, const reference::Steps& steps) {
    const bool outermost = is_outermost(number);
    const int which = device_of(number);
    const reference::Answer answer = model_.end(number, {}, steps);
    if (!answer) return;
    const rg::Error stands_for{rg::Errc::abandoned, answer->native, "abandoned"};
    ended(which, number, steps, &stands_for, answer, outermost);
  }

  void destroy(std::size_t index) {
    Hand& hand = hands_[index];
    if (!hand.scope) return;
    hand.scope.reset();
    abandoned(hand.model, {});
  }

  template <class... S>
  Claimed<S...> claim(const Op& op, int which, const Propagated& propagated) {
    const auto error = [](const rg::Error& actual, const reference::Error& model) {
      return Claimed<S...>{actual, {{}, model}};
    };
    if (propagated) return error(propagated->actual, propagated->model);
    if (op.end == End::old_error && !errors_.empty()) {
      const Known known = old_error(op);
      return error(known.actual, known.model);
    }
    if (op.end == End::right || op.end == End::any || op.end == End::mixed) {
      if (auto found = evidence_.take<S...>(which, op)) return std::move(*found);
    }
    const int native = next_native();
    if (op.end == End::unsupported) {
      return error({rg::Errc::unsupported, native, "handler"}, {"unsupported", native, "handler"});
    }
    return error({rg::Errc::timed_out, native, "handler"}, {"timed_out", native, "handler"});
  }
};

}  // namespace random_programs
