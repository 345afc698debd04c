// Where the library and the reference model differ, as text. Empty: they agree.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <string>

#include "reference_model.hpp"
#include "scripted_device.hpp"

namespace random_programs {

inline std::string text(const rg::Error& error) {
  return std::string(rg::to_string(error.code())) + ' ' + std::to_string(error.native()) + " at " + error.where() +
         ", " + std::to_string(error.later_errors()) + " later";
}
inline std::string text(const reference::Error& error) {
  return error.code + ' ' + std::to_string(error.native) + (error.step.empty() ? "" : " at " + error.step) + ", " +
         std::to_string(error.later) + " later";
}
inline std::string text(const rg::Error* actual) { return actual == nullptr ? "success" : text(*actual); }
inline std::string text(const reference::Answer& answer) { return answer ? text(*answer) : "success"; }

// The model names no step where the contract names none.
inline bool same(const rg::Error& actual, const reference::Error& model) {
  if (model.code == reference::anything) return true;
  if (model.code == reference::some_failure) return actual.code() != rg::Errc::unsupported;
  return rg::to_string(actual.code()) == model.code && actual.native() == model.native &&
         static_cast<int>(actual.later_errors()) == model.later && (model.step.empty() || actual.where() == model.step);
}

// Of two answers; nullptr is the library's success.
inline std::string difference(const rg::Error* actual, const reference::Answer& model) {
  if (model && model->code == reference::anything) return {};
  if (actual == nullptr ? !model : model && same(*actual, *model)) return {};
  return "the library answers " + text(actual) + ", the model " + text(model);
}

// Of all that can be seen of a device.
inline std::string difference(const Device& device, const reference::Device& model) {
  const rg::ResetState& state = device.reset_state;
  const auto differs = [](const std::string& what, const std::string& actual, const std::string& expected) {
    return what + " is " + actual + ", the model's is " + expected;
  };
  if (!device.complaint.empty()) return device.complaint;
  if (state.depth() != model.open.size()) {
    return differs("depth", std::to_string(state.depth()), std::to_string(model.open.size()));
  }
  const struct {
    const char* what;
    bool actual, expected;
  } flags[] = {{"in_reset", state.in_reset(), !model.open.empty()},
               {"quarantined", state.quarantined(), model.quarantined},
               {"unfenced", state.unfenced(), model.unfenced},
               {"block", device.blocked, model.blocked}};
  for (const auto& flag : flags) {
    if (flag.actual != flag.expected) {
      return differs(flag.what, flag.actual ? "true" : "false", flag.expected ? "true" : "false");
    }
  }
  if (device.log != model.log) {
    return differs(
        "last hook", device.log.empty() ? "none" : device.log.back(),
        (model.log.empty() ? "none" : model.log.back()) + " (" + std::to_string(model.log.size()) + " calls)");
  }
  if (model.open.empty() && model.quarantined && !same(state.quarantine_reason(), *model.reason)) {
    return differs("reason", text(state.quarantine_reason()), text(*model.reason));
  }
  return {};
}

}  // namespace random_programs
