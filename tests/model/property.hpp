// The property, checked apart from the model: a failure that nothing resolved is never hidden, what fails leaves the
// device blocked, and nothing fails without a reason.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstddef>
#include <string>
#include <vector>

#include "compare.hpp"
#include "reference_model.hpp"
#include "scripted_device.hpp"

namespace random_programs {

// For one device. Keeps each failure of its reset, and is generous about what resolves one: whatever might have.
// What it answers is what is wrong; empty: nothing.
class Property {
 public:
  // `reentered`: what a prepare was refused that tried to enter, and did not say so.
  void entered(int scope, bool outermost, const reference::Answer& reentered) {
    if (outermost) failures_.clear();
    marks_.resize(std::size_t(scope) + 1);
    marks_[std::size_t(scope)] = failures_.size();
    if (outermost && reentered) failed(*reentered, {});
  }

  static std::string prepare_failed(const Device& device) {
    return device.prepared || device.reset_state.depth() != 0 ? "a failed prepare left something held" : "";
  }

  void failed(const reference::Error& error, const reference::Steps& steps) {
    failures_.push_back({error.serial, error.native, steps, false});
  }

  void verified(const reference::Steps& steps) {
    for (Failure& failure : failures_) failure.resolved |= failure.steps == steps;
  }

  void overruled(int serial) {
    for (std::size_t i = 0; i < failures_.size(); ++i) {
      if (failures_[i].serial != serial) continue;
      failures_[i].resolved = true;
      if (!failures_[i].steps.empty()) verified(failures_[i].steps);
    }
  }

  // What failed in a scope is that scope's failure from now on.
  void inner_scope_failed(int scope, const reference::Error& error, const reference::Steps& steps) {
    for (std::size_t i = marks_[std::size_t(scope)]; i < failures_.size(); ++i) {
      failures_[i].serial = error.serial;
      failures_[i].steps = steps;
    }
    failed(error, steps);
  }

  bool anything_failed() const { return !failures_.empty(); }

  // The outermost scope answers verified.
  std::string outermost_verified(const Device& device) const {
    if (anything_unresolved()) return "a reset was verified over a failure that nothing resolved";
    if (device.reset_state.quarantined() || device.blocked) {
      return "a verified reset left the device blocked or quarantined";
    }
    return {};
  }

  // It answers an error. `in_order`: scopes ended the inner before the outer.
  std::string outermost_failed(const Device& device, const rg::Error& answer, bool in_order) const {
    if (answer.code() == rg::Errc::unsupported)
      return anything_unresolved() ? "a reset was untouched over a failure" : "";
    if (!device.reset_state.quarantined()) return "a failed reset left the device without a quarantine";
    if (!device.blocked && !device.reset_state.unfenced()) return "a failed reset left the device unblocked";
    if (in_order && hides_an_earlier_one(answer.native())) {
      return "the answer " + text(answer) + " hides an earlier failure";
    }
    return {};
  }

 private:
  struct Failure {
    int serial;
    int native;
    reference::Steps steps;
    bool resolved;
  };
  std::vector<Failure> failures_{};
  std::vector<std::size_t> marks_{};  // of each scope: how much had failed when it was entered

  bool anything_unresolved() const {
    for (const Failure& failure : failures_) {
      if (!failure.resolved) return true;
    }
    return false;
  }

  // Whether an answer with this native code came later than a failure that nothing resolved. Each failure of a program
  // has a code of its own; 0 is the library's.
  bool hides_an_earlier_one(int native) const {
    if (native == 0) return false;
    for (const Failure& failure : failures_) {
      if (failure.native == native) return false;
      if (!failure.resolved && failure.native != 0) return true;
    }
    return false;
  }
};

}  // namespace random_programs
