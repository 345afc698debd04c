#include "page_facts.hpp"

#include <algorithm>
#include <cstddef>

#include "page_text.hpp"

namespace campaign {
namespace {

std::string in_capitals(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// Between the first block and the last done there was a moment at which the device was open, and something went on.
bool has_unfenced_work(const TimeLine& line) {
  const std::vector<Moment>& moments = line.moments;
  const auto is_done = [](const Moment& moment) { return moment.kind == "done"; };
  const auto first = std::find_if(moments.begin(), moments.end(), [](const Moment& moment) { return moment.blocked; });
  const auto last = std::find_if(moments.rbegin(), moments.rend(), is_done).base();
  if (first >= last) return false;
  return std::any_of(first, last, [](const Moment& moment) {
    const bool works = moment.kind == "sleep" || moment.kind == "reset" || moment.kind == "mmio_write";
    return works && !moment.blocked;
  });
}

std::vector<Finding> findings_of(const TimeLine& line) {
  if (!line.findings.empty()) return line.findings;
  const bool is_reset = begins_with(line.state, "reset");
  if (begins_with(line.reported, "success") && !is_reset) return {Finding::false_success};
  if (begins_with(line.reported, "failure") && !blocked_at_end(line)) return {Finding::unblocked_on_failure};
  if (has_unfenced_work(line)) return {Finding::unfenced_work};
  return {};
}

// What failed, in order, as far as the moments tell.
std::string failed_of(const Comparison& comparison, const TimeLine& line) {
  if (!line.failed.empty()) return line.failed;
  std::vector<std::string> failed;
  bool struck = false;
  for (const Moment& moment : line.moments) {
    std::string text;
    if (moment.kind == "fault") {
      if (!struck) text = comparison.faults;
      struck = true;
    } else if (begins_with(moment.text, "fails")) {
      text = moment.kind + " " + moment.text;
    }
    if (!text.empty() && std::find(failed.begin(), failed.end(), text) == failed.end()) failed.push_back(text);
  }
  const bool injected = !comparison.faults.empty() && comparison.faults != "none";
  if (failed.empty()) return injected ? "nothing: the injected fault did not get to strike" : "nothing";
  std::string text = failed.front();
  for (std::size_t i = 1; i < std::min<std::size_t>(failed.size(), 3); ++i) text += "; then " + failed[i];
  return text;
}

}  // namespace

bool blocked_at_end(const TimeLine& line) { return !line.moments.empty() && line.moments.back().blocked; }

Judgement judgement_of(const TimeLine& line) {
  const std::vector<Finding> findings = findings_of(line);
  const auto has = [&](Finding finding) {
    return std::find(findings.begin(), findings.end(), finding) != findings.end();
  };
  // The worst of them; the words below the verdict say the rest.
  if (has(Finding::false_success)) return {"FALSE SUCCESS", false};
  if (has(Finding::unblocked_on_failure)) return {"LEFT UNBLOCKED", false};
  if (has(Finding::stuck)) return {"LEFT STUCK", false};
  for (const Finding finding : findings) {
    if (finding != Finding::honest) return {in_capitals(to_string(finding)), false};
  }
  return {findings.empty() ? "AS REPORTED" : "HONEST", true};
}

std::vector<Fact> facts_of(const Comparison& comparison, const TimeLine& line) {
  return {{"Failed", failed_of(comparison, line), false},
          {"Reported", line.reported, true},
          {"Device", line.state, true},
          {"At the end", blocked_at_end(line) ? "blocked" : "not blocked", true}};
}

std::string description_of(const std::vector<Fact>& facts, const Course& course, const Judgement& judgement) {
  std::string text = judgement.words + ". ";
  for (const Fact& fact : facts) text += std::string(fact.name) + ": " + fact.text + ". ";
  text += "In order: ";
  for (const Mark& mark : course.marks) {
    if (!mark.label.empty()) text += mark.label + " (after " + duration(mark.place.first) + "); ";
  }
  return text + "end.";
}

}  // namespace campaign
