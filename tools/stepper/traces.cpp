#include "traces.hpp"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "fault_campaign/judge.hpp"
#include "fault_campaign/staged_run.hpp"
#include "fault_campaign/subjects.hpp"
#include "scenarios.hpp"
#include "single_faults.hpp"

namespace stepper {
namespace {

using campaign::StagedRun;
using campaign::Subject;
using campaign::Variant;
using program::Json;

constexpr int schema_version = 1;

Json run_json(const Subject& subject, const StagedRun& run) {
  const sim::Duration start = run.events.empty() ? sim::Duration{} : run.events.front().time;
  const campaign::Answer& answer = run.answer;
  Json reset = {
      {"answer", answer_of(subject, answer)},
      {"error", answer.success ? Json(nullptr) : program::error_json(answer.code, answer.native, answer.step)},
      {"attempted", campaign::first_operation(run.events, sim::EventKind::prepare) != 0},
      {"blocked", run.blocked},
      {"quarantined", run.quarantined},
      {"duration_us", run.took.count()},
      {"events", program::events_json(run.events)},
      {"violations", program::violations_json(run.violations, start)}};
  Json findings = Json::array();
  for (const campaign::Finding finding : run.findings) findings.push_back(identifier(finding));
  return {{"variant", identifier(subject.variant)},
          {"label", to_string(subject.variant)},
          {"address", pci::to_text(run.function).c_str()},
          {"fault", run.missed ? Json(nullptr) : Json(run.faults)},
          {"state", run.state},
          {"findings", std::move(findings)},
          {"reset", std::move(reset)}};
}

Json scenario_json(const Scenario& scenario, const std::vector<Subject>& subjects) {
  const Subject& own = find(subjects, Variant::reset_guard, scenario.subject, scenario.nesting);
  Json runs = Json::array();
  for (std::size_t i = 0; i != campaign::variant_count; ++i) {
    const auto variant = static_cast<Variant>((i + 1) % campaign::variant_count);  // reset_guard last
    Subject subject =
        variant == Variant::reset_guard ? own : find(subjects, variant, scenario.upstream_subject, scenario.nesting);
    subject.images = own.images;
    const StagedRun run = campaign::stage(subject, scenario.staging);
    if (run.missed && (variant == Variant::reset_guard || variant == scenario.first)) {
      throw std::runtime_error(std::string(scenario.title) + ": its fault has nothing to strike");
    }
    runs.push_back(run_json(subject, run));
  }
  return {{"title", scenario.title},
          {"story", scenario.story},
          {"watch", scenario.watch},
          {"first", identifier(scenario.first)},
          {"runs", std::move(runs)}};
}

}  // namespace

const Subject& find(const std::vector<Subject>& subjects, Variant variant, const std::string& name,
                    const std::string& nesting) {
  for (const Subject& subject : subjects) {
    if (subject.variant == variant && subject.name == name && subject.nesting == nesting) return subject;
  }
  throw std::runtime_error("nothing is called " + name + ", " + nesting + ", " + identifier(variant));
}

const char* answer_of(const Subject& subject, const campaign::Answer& answer) {
  if (!answer.success) return answer.unsupported ? "unsupported" : "failed";
  if (subject.variant != Variant::reset_guard) return "success";
  return answer.claimed ? "claimed" : "verified";
}

Json traces() {
  std::vector<Subject> subjects = campaign::library_subjects();
  for (Subject& subject : campaign::upstream_subjects()) subjects.push_back(std::move(subject));
  Json all = Json::array();
  for (const Scenario& scenario : scenarios()) all.push_back(scenario_json(scenario, subjects));
  return {{"schema", "reset_guard.stepper"},
          {"version", schema_version},
          {"made_with", "reset_guard " RESET_GUARD_TOOLS_VERSION ", " RESET_GUARD_COMPILER},
          {"scenarios", std::move(all)},
          {"single_faults", single_faults(subjects)}};
}

}  // namespace stepper
