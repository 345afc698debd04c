#include "staged_run.hpp"

#include <cstddef>

#include "judge.hpp"
#include "trial.hpp"

namespace campaign {
namespace {

Events clean_events(const Subject& subject, const Baseline& baseline) {
  Trial clean(subject, baseline, {}, true);
  return clean.fabric().log().events();
}

// Resets once more: the machine is not what it was, afterwards.
std::vector<Finding> findings_of(Trial& trial) {
  Findings found = judge(trial.run());
  if (!trial.next_is_over()) found.set(static_cast<std::size_t>(Finding::stuck));
  if (found.none()) return {Finding::honest};
  std::vector<Finding> findings;
  for (std::size_t i = 0; i != finding_count; ++i) {
    if (found[i]) findings.push_back(static_cast<Finding>(i));
  }
  return findings;
}

}  // namespace

StagedRun stage(const Subject& subject, const Staging& staging) {
  const Baseline baseline = baseline_of(subject);
  std::vector<Strike> strikes;
  if (staging.place != nullptr) {
    const std::uint64_t at = staging.place(clean_events(subject, baseline));
    if (at != 0) strikes.push_back({static_cast<std::uint32_t>(at), staging.kind});
  }
  Trial trial(subject, baseline, strikes, true);
  const Run run = trial.run();
  const sim::Function& function = trial.function();
  const char* unfit = function.unfit();
  StagedRun staged{.function = function.address(),
                   .faults = strikes.empty() ? "none" : describe(strikes.front(), run.operations()),
                   .missed = staging.place != nullptr && strikes.empty(),
                   .answer = run.answer,
                   .state = unfit == nullptr         ? "reset"
                            : function.holds_state() ? "not reset"
                                                     : unfit,
                   .blocked = function.blocked(),
                   .quarantined = function.reset_state.quarantined(),
                   .took = run.took,
                   .events = trial.fabric().log().events(),
                   .violations = trial.fabric().log().violations(),
                   .findings = {}};
  staged.state += staged.blocked ? ", blocked" : ", not blocked";
  staged.findings = findings_of(trial);
  return staged;
}

std::uint64_t first_operation(const Events& events, sim::EventKind kind) {
  for (const sim::Event& event : events) {
    if (event.kind == kind) return event.operation;
  }
  return 0;
}

std::uint64_t last_operation(const Events& events, sim::EventKind kind) {
  std::uint64_t operation = 0;
  for (const sim::Event& event : events) {
    if (event.kind == kind) operation = event.operation;
  }
  return operation;
}

}  // namespace campaign
