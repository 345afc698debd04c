#include "single_faults.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <utility>

#include "fault_campaign/judge.hpp"
#include "fault_campaign/plan.hpp"
#include "fault_campaign/trial.hpp"
#include "traces.hpp"

namespace stepper {
namespace {

using campaign::Operations;
using campaign::Strike;
using campaign::Subject;
using campaign::Trial;
using campaign::Variant;
using program::Json;

struct Handler {
  const char* title;
  const char* subject;
};

constexpr Handler handlers[] = {
    {"HiNIC: an FLR, then its firmware", "hinic_vf"},
    {"NVMe disk: disabled, then an FLR", "nvme_disable"},
};

// Where a fault strikes, said so that it means the same in the run of every variant. A poll looks at one register very
// often: of such operations the first and the last one count.
enum class Which : std::uint8_t { only, first, last };

struct Place {
  sim::Performed operation;
  Which which;
  std::string name;  // of the register; empty: it has none
};

bool same(const sim::Performed& a, const sim::Performed& b) {
  return a.operation == b.operation && a.function == b.function && a.offset == b.offset;
}

const char* to_string(Which which) {
  switch (which) {
    case Which::only: return "only";
    case Which::first: return "first";
    case Which::last: return "last";
  }
  return "?";
}

// Counted from 1; 0: there is none in this run.
std::uint32_t number_of(const Operations& operations, const Place& place) {
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i != operations.size(); ++i) {
    if (!same(operations[i], place.operation)) continue;
    found = i + 1;
    if (place.which != Which::last) break;
  }
  return found;
}

struct Version {
  Version(const Subject& of) : subject(of), baseline(campaign::baseline_of(of)) {}

  const Subject& subject;
  campaign::Baseline baseline;
};

std::string register_name(const std::vector<sim::Event>& events, std::uint64_t operation) {
  using enum sim::EventKind;
  for (const sim::Event& event : events) {
    const bool access = event.kind == config_read || event.kind == config_write || event.kind == mmio_read ||
                        event.kind == mmio_write || event.kind == platform;
    if (event.operation != operation || !access) continue;
    if (event.name != nullptr) return event.name;
    char text[24];
    std::snprintf(text, sizeof text, "register 0x%x", event.offset);
    return text;
  }
  return {};
}

// In the order of reset_guard's run; then what only others do.
std::vector<Place> places_of(const std::vector<Version>& versions) {
  std::vector<Place> places;
  for (const Version& version : std::vector<Version>(versions.rbegin(), versions.rend())) {
    Trial clean(version.subject, version.baseline, {}, true);
    const Operations& operations = clean.operations();
    std::vector<Place> found;
    for (std::size_t i = 0; i != operations.size(); ++i) {
      const auto is_it = [&](const sim::Performed& other) { return same(operations[i], other); };
      const auto is_known = [&](const Place& place) { return is_it(place.operation); };
      if (std::any_of(places.begin(), places.end(), is_known)) continue;
      const bool again = std::any_of(operations.begin(), operations.begin() + static_cast<std::ptrdiff_t>(i), is_it);
      const bool more = std::any_of(operations.begin() + static_cast<std::ptrdiff_t>(i) + 1, operations.end(), is_it);
      if (again && more) continue;
      const Which which = again ? Which::last : more ? Which::first : Which::only;
      found.push_back({operations[i], which, register_name(clean.fabric().log().events(), i + 1)});
    }
    places.insert(places.end(), found.begin(), found.end());
  }
  return places;
}

// What became of a run. `missed`: its fault had nothing to strike.
Json outcome_of(const Version& version, std::span<const Strike> strikes, bool missed) {
  Trial trial(version.subject, version.baseline, strikes);
  const campaign::Run run = trial.run();
  campaign::Findings found = campaign::judge(run);
  const campaign::Answer answer = run.answer;
  const sim::Function& function = trial.function();
  Json outcome = {
      {"missed", missed},
      {"state", campaign::state_text(run)},
      {"reset",
       {{"answer", answer_of(version.subject, answer)},
        {"error", answer.success ? Json(nullptr) : program::error_json(answer.code, answer.native, answer.step)},
        {"blocked", function.blocked()},
        {"quarantined", function.reset_state.quarantined()}}}};
  if (!trial.next_is_over()) found.set(static_cast<std::size_t>(campaign::Finding::stuck));
  if (found.none()) found.set(static_cast<std::size_t>(campaign::Finding::honest));
  outcome["findings"] = Json::array();
  for (std::size_t i = 0; i != campaign::finding_count; ++i) {
    if (found[i]) outcome["findings"].push_back(identifier(static_cast<campaign::Finding>(i)));
  }
  return outcome;
}

// Many runs end alike: each outcome is kept once, and runs have its number.
class Outcomes {
 public:
  std::size_t number_of(Json outcome) {
    const auto found = std::find(all_.begin(), all_.end(), outcome);
    if (found != all_.end()) return static_cast<std::size_t>(found - all_.begin());
    all_.push_back(std::move(outcome));
    return all_.size() - 1;
  }
  Json take() { return std::move(all_); }

 private:
  std::vector<Json> all_;
};

Json device_json(const Handler& handler, const std::vector<Subject>& subjects) {
  std::vector<Version> versions;
  Json names = Json::array();
  for (std::size_t i = 0; i != campaign::variant_count; ++i) {
    const auto variant = static_cast<Variant>((i + 1) % campaign::variant_count);  // reset_guard last
    versions.emplace_back(find(subjects, variant, handler.subject, campaign::device_specific));
    names.push_back({{"variant", identifier(variant)}, {"label", to_string(variant)}});
  }
  Outcomes outcomes;
  Json clean = Json::array(), places = Json::array();
  for (const Version& version : versions) clean.push_back(outcomes.number_of(outcome_of(version, {}, false)));
  for (const Place& place : places_of(versions)) {
    Json faults = Json::array();
    for (const sim::FaultName& fault : sim::fault_names) {
      if (!sim::fits(fault.kind, place.operation.operation)) continue;
      Json runs = Json::array();
      for (const Version& version : versions) {
        const std::uint32_t at = number_of(version.baseline.operations, place);
        const Strike strike{at, fault.kind};
        const std::span<const Strike> strikes(&strike, at == 0 ? 0 : 1);
        runs.push_back(outcomes.number_of(outcome_of(version, strikes, at == 0)));
      }
      faults.push_back({{"fault", fault.name}, {"runs", std::move(runs)}});
    }
    places.push_back({{"operation", campaign::to_string(place.operation.operation)},
                      {"name", place.name},
                      {"of_port", place.operation.function != versions.back().subject.images.back().address},
                      {"which", to_string(place.which)},
                      {"faults", std::move(faults)}});
  }
  return {{"title", handler.title},
          {"versions", std::move(names)},
          {"outcomes", outcomes.take()},
          {"clean", std::move(clean)},
          {"places", std::move(places)}};
}

}  // namespace

Json single_faults(const std::vector<Subject>& subjects) {
  Json sentences, devices = Json::array();
  for (const sim::FaultName& fault : sim::fault_names) sentences[std::string(fault.name)] = fault.sentence;
  for (const Handler& handler : handlers) devices.push_back(device_json(handler, subjects));
  return {{"sentences", std::move(sentences)}, {"devices", std::move(devices)}};
}

}  // namespace stepper
