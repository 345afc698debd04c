#include "judge.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <optional>

namespace campaign {
namespace {

using namespace std::chrono_literals;
using sim::FaultKind;
using sim::Operation;

// --- the documented bounds -------------------------------------------------------------------------------------------

constexpr sim::Duration pending = 700ms;      // transactions, before prepare
constexpr sim::Duration recovery = 65'100ms;  // 100 ms in which nobody looks, then 65 s
constexpr sim::Duration accesses = 50ms;      // 1 us for each read and write, and the sleeps' granularity
// What a method that says 'unsupported' at last may have waited for: flr and af_flr ask for pending transactions first.
constexpr sim::Duration tried_in_vain = 2 * pending;

struct NamedBound {
  const char* name;
  Bound bound;
};

constexpr NamedBound bounds[] = {
    {"flr", {pending + recovery, "0.7 s for pending transactions, 0.1 s of quiet, 65 s to be ready"}},
    {"af_flr", {pending + recovery, "as flr"}},
    {"pm", {10ms + 10ms + 65s, "10 ms in D3hot, 10 ms in D0, 65 s to be ready"}},
    {"bus", {2ms + recovery, "2 ms of reset, 0.1 s of quiet, 65 s to be ready"}},
    {"cxl_bus", {2ms + recovery, "as bus"}},
    {"acpi", {recovery, "0.1 s of quiet, 65 s to be ready"}},
    {"slot", {recovery, "as acpi"}},
    {"d3cold", {10ms + recovery + 10ms + 65s, "10 ms in D3hot, as acpi with the power back, and as pm in D0"}},
    {"fallback", {pending + recovery + 2ms + recovery, "flr, which times out, and bus"}},
};

// --- looks at a run --------------------------------------------------------------------------------------------------

// What the platform says when it refuses an operation; nothing: it refuses none by such a fault.
struct Refusal {
  int native;
};
std::optional<Refusal> refusal(FaultKind kind) {
  switch (kind) {
    case FaultKind::write_fails:
    case FaultKind::platform_fails: return Refusal{-5};
    case FaultKind::map_fails:
    case FaultKind::prepare_fails:
    case FaultKind::done_fails:
    case FaultKind::done_unfenced: return Refusal{-12};
    default: return std::nullopt;
  }
}

bool departs(FaultKind kind) { return kind == FaultKind::gone || kind == FaultKind::gone_and_back; }

template <class Wanted>
std::size_t count(const Run& run, Wanted wanted) {
  return static_cast<std::size_t>(
      std::count_if(run.strikes.begin(), run.strikes.end(), [&](const Strike& strike) { return wanted(strike.kind); }));
}
std::size_t count(const Run& run, FaultKind kind) {
  return count(run, [kind](FaultKind struck) { return struck == kind; });
}
std::size_t count(const Run& run, Operation operation) {
  return static_cast<std::size_t>(
      std::count_if(run.operations().begin(), run.operations().end(),
                    [&](const sim::Performed& performed) { return performed.operation == operation; }));
}

bool is_of_library(const Run& run) { return run.subject.variant == Variant::reset_guard; }

std::size_t prepared(const Run& run) { return count(run, Operation::prepare) - count(run, FaultKind::prepare_fails); }

bool touched(const Run& run) {
  return run.function().resets() != 0 || count(run, Operation::config_write) != 0 ||
         count(run, Operation::mmio_write) != 0 || count(run, Operation::platform) != 0;
}

bool left_unsupported(const Run& run) { return run.answer.unsupported && !touched(run); }
bool failed(const Run& run) { return !run.answer.success && !left_unsupported(run); }

bool is_fence_text(const char* text) { return std::strcmp(text, "reset while not blocked") == 0; }

bool rule_broken(const Run& run) {
  const auto& violations = run.fabric.log().violations();
  return std::any_of(violations.begin(), violations.end(),
                     [](const sim::Violation& violation) { return !is_fence_text(violation.text); });
}

// It left in `done`, after the last look at it.
bool left_at_last(const Run& run) {
  bool at_last = false;
  for (const Strike& strike : run.strikes) {
    if (departs(strike.kind)) at_last = run.operations()[strike.at - 1].operation == Operation::done;
  }
  return at_last;
}

// --- the questions ---------------------------------------------------------------------------------------------------

// A claim says that nothing was shown.
bool is_false_success(const Run& run) {
  if (!run.answer.success || run.answer.claimed) return false;
  if (rule_broken(run)) return true;
  return (left_at_last(run) ? run.function().unfit_when_it_left() : run.function().unfit()) != nullptr;
}

bool is_unblocked_on_failure(const Run& run) {
  if (!failed(run) || prepared(run) == 0) return false;
  const rg::ResetState& state = run.function().reset_state;
  if (is_of_library(run) && !state.quarantined()) return true;
  if (run.function().blocked()) return false;
  // The platform lost the block. reset_guard must know that.
  return count(run, FaultKind::done_unfenced) == 0 || (is_of_library(run) && !state.unfenced());
}

bool is_false_alarm(const Run& run) {
  if (!failed(run) || run.function().resets() == 0 || run.function().unfit() != nullptr) return false;
  if (!run.function().blocked() || rule_broken(run)) return false;
  if (count(run, departs) != 0 || count(run, FaultKind::reads_ones) > 1) return false;
  return count(run, [](FaultKind kind) { return refusal(kind).has_value(); }) == 0;
}

bool same(const sim::ConfigSpace& config, const Bytes& bytes) {
  return std::equal(bytes.begin(), bytes.end(), config.bytes().begin(), config.bytes().end());
}

// The bits that a reset witness may have set are not counted: it sets them where nothing else shows a reset, and config
// space is restored by who calls the reset.
bool same_but_for_a_witness(const sim::ConfigSpace& config, Bytes bytes) {
  const auto planted = [&](std::size_t offset, unsigned bit) {
    bytes[offset + 1] = static_cast<std::uint8_t>(bytes[offset + 1] | (config.bytes()[offset + 1] & bit >> 8));
  };
  planted(pci::header::command, pci::command::interrupt_disable);
  if (config.capabilities().msi_x != 0) {
    planted(config.capabilities().msi_x + std::size_t{pci::msi_x::flags}, pci::msi_x::function_mask);
  }
  return same(config, bytes);
}

// A bit that is not what it was: excused where it could not be put back, and that was reported.
bool leaves_bits(const Run& run) {
  const std::size_t reasons = count(run, FaultKind::write_fails) + count(run, FaultKind::platform_fails) +
                              count(run, FaultKind::platform_does_nothing) + count(run, departs);
  const bool excused = !run.answer.success && reasons != 0;
  if (excused || left_at_last(run)) return false;
  for (std::size_t i = 0; i + 1 < run.fabric.size(); ++i) {
    const sim::Function& port = run.fabric[i];
    if (port.resets() == 0 && !port.gone() && !same(port.config(), run.baseline.before[i])) return true;
  }
  const sim::Function& function = run.function();
  if (function.gone()) return false;
  // What comes back from a departure has lost its config space by that.
  const bool empty_claim = run.answer.claimed && function.resets() == 0;
  if (run.answer.success && !empty_claim) {
    return count(run, departs) == 0 && !same(function.config(), run.baseline.after);
  }
  if (function.resets() == 0) return !same_but_for_a_witness(function.config(), run.baseline.before.back());
  return function.config().power_state() != pci::power_management::d0;
}

bool is_unbalanced(const Run& run) {
  const sim::Function& function = run.function();
  for (std::size_t i = 0; i != run.fabric.size(); ++i) {
    if (run.fabric[i].mapped() != 0) return true;
  }
  if (function.blocked() && !failed(run)) return true;
  if (is_of_library(run)) {
    if (prepared(run) != count(run, Operation::done)) return true;
    if (function.reset_state.in_reset() || (function.reset_state.quarantined() && !failed(run))) return true;
  }
  return leaves_bits(run);
}

// Not every fence is lifted too early when its reset is not over: a failure in the end has another name.
bool is_unfenced_work(const Run& run) {
  const auto& violations = run.fabric.log().violations();
  if (std::any_of(violations.begin(), violations.end(),
                  [](const sim::Violation& violation) { return is_fence_text(violation.text); })) {
    return true;
  }
  return !run.answer.claimed && run.function().unblocked_too_early() < run.fabric.clock().now();
}

bool is_wrong_error(const Run& run) {
  const std::optional<sim::Failure>& seen = run.fabric.log().first_failure();
  if (!run.strikes.empty()) {
    const auto refused = refusal(run.strikes.front().kind);
    const bool first = !seen || seen->operation >= run.strikes.front().at;
    if (refused && first && (run.answer.success || run.answer.native != refused->native)) return true;
  }
  if (!is_of_library(run)) return false;
  if (run.answer.unsupported && touched(run)) return true;
  if (!failed(run)) return false;
  if (!seen) return prepared(run) != 0;  // what fails before prepare is told to the caller, and is no trace's affair
  return std::strcmp(rg::to_string(seen->code), run.answer.code) != 0 || seen->native != run.answer.native ||
         std::strcmp(seen->step, run.answer.step) != 0;
}

}  // namespace

Bound bound_of(const Subject& subject) {
  const bool chained = subject.nesting == under_chain || subject.nesting == beside_another;
  for (const NamedBound& method : bounds) {
    if (subject.name != method.name) continue;
    Bound bound = method.bound;
    bound.longest += accesses + (chained || subject.name == "fallback" ? tried_in_vain : 0ms);
    return bound;
  }
  for (const pci::QuirkEntry& entry : pci::quirks) {
    if (subject.name != subject_name(entry)) continue;
    const sim::QuirkModel model = sim::model_of(entry.quirk);
    // One that is not offered, or shows nothing, is followed by the bus reset.
    return {model.longest + accesses + (chained ? tried_in_vain + 2ms + recovery : 0ms), model.because};
  }
  return {sim::Duration{}, "none is documented"};
}

bool is_by_quirk(const Subject& subject) {
  return subject.nesting != under_chain &&
         std::any_of(std::begin(pci::quirks), std::end(pci::quirks),
                     [&](const pci::QuirkEntry& entry) { return subject.name == subject_name(entry); });
}

Findings judge(const Run& run) {
  Findings found;
  const auto mark = [&found](Finding finding, bool is) { found[static_cast<std::size_t>(finding)] = is; };
  const bool false_success = is_false_success(run);
  mark(Finding::false_success, false_success);
  mark(Finding::unblocked_on_failure, is_unblocked_on_failure(run));
  mark(Finding::false_alarm, is_false_alarm(run));
  mark(Finding::unbalanced, is_unbalanced(run));
  mark(Finding::unfenced_work, is_unfenced_work(run));
  mark(Finding::wrong_error, !false_success && is_wrong_error(run));
  mark(Finding::hung, run.baseline.by_quirk && run.function().hung());
  mark(Finding::too_long, run.took > run.baseline.bound.longest);
  return found;
}

bool is_over(const Run& run) {
  // What cannot be shown lifts no quarantine: the function stays fenced until another method resets it, or a person
  // releases it.
  if (run.baseline.claimed && std::strcmp(run.answer.code, rg::to_string(rg::Errc::not_shown)) == 0) {
    return run.function().blocked();
  }
  return run.answer.success && run.function().unfit() == nullptr && !run.function().blocked();
}

bool is_empty_claim(const Run& run) {
  return run.answer.claimed && (rule_broken(run) || run.function().unfit() != nullptr);
}

std::string reported_text(const Answer& answer) {
  if (answer.success) return answer.claimed ? "claimed" : "success";
  std::string text = answer.unsupported ? "unsupported" : std::string("failure: ") + answer.code;
  if (answer.native != 0) text += " " + std::to_string(answer.native);
  if (*answer.step != '\0') text += std::string(" (") + answer.step + ")";
  return text;
}

std::string state_text(const Run& run) {
  const char* unfit = run.function().unfit();
  std::string text = unfit == nullptr ? "reset" : run.function().holds_state() ? "not reset" : unfit;
  text += run.function().blocked() ? ", blocked" : ", not blocked";
  for (std::size_t i = 0; i != run.fabric.size(); ++i) {
    if (run.fabric[i].mapped() != 0) text += ", BAR still mapped";
  }
  if (leaves_bits(run)) text += ", bits not put back";
  for (const sim::Violation& violation : run.fabric.log().violations()) text += std::string("; ") + violation.text;
  return text;
}

}  // namespace campaign
