#include "campaign.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <random>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "judge.hpp"
#include "plan.hpp"
#include "trial.hpp"

namespace campaign {
namespace {

constexpr std::size_t examples_of_each = 3;

// One subject at work.
struct Work {
  const Subject* subject;
  Baseline baseline;
  Row row;
  std::vector<Strike> firsts;
  std::vector<std::uint64_t> seconds_of;  // how many second faults each first one has
  std::vector<std::uint64_t> chosen;      // of the row's pairs, counted in that order; sorted
  std::array<std::size_t, finding_count> shown{};
};

Bytes bytes_of(const sim::Function& function) {
  const auto bytes = function.config().bytes();
  return {bytes.begin(), bytes.end()};
}

}  // namespace

Baseline baseline_of(const Subject& subject) {
  Baseline baseline;
  baseline.bound = bound_of(subject);
  baseline.by_quirk = is_by_quirk(subject);
  sim::Fabric fresh(subject.images);
  for (std::size_t i = 0; i != fresh.size(); ++i) {
    baseline.before.push_back(bytes_of(fresh[i]));
    auto saved = pci::SavedConfig::save(fresh[i]);
    if (saved.failed()) throw std::runtime_error(subject.name + ": its config space cannot be saved");
    baseline.saved.push_back(std::move(saved).take());
  }
  Trial clean(subject, baseline, {});
  baseline.operations = clean.operations();
  baseline.after = bytes_of(clean.function());
  if (subject.variant != Variant::reset_guard) return baseline;
  const Run run = clean.run();
  baseline.claimed = run.answer.claimed;
  if (!is_over(run)) {
    throw std::runtime_error(subject.name + ", " + subject.nesting + ": even a reset without a fault goes wrong: " +
                             reported_text(run.answer) + "; " + state_text(run));
  }
  if (baseline.bound.longest == sim::Duration{}) throw std::runtime_error(subject.name + ": no bound is documented");
  return baseline;
}

namespace {

// Counts what a run is called, and keeps the first few of each kind as examples.
void note(Work& work, Trial& trial, const Run& run) {
  work.row.claims += run.answer.claimed ? 1 : 0;
  work.row.empty_claims += is_empty_claim(run) ? 1 : 0;
  Findings found = judge(run);
  std::string faults, reported, state;
  const auto describe_run = [&] {
    for (const Strike& strike : run.strikes) {
      faults += (faults.empty() ? "" : " and ") + describe(strike, run.operations());
    }
    reported = reported_text(run.answer);
    state = state_text(run);
  };
  if (found.any()) describe_run();
  if (!trial.next_is_over()) {
    found.set(static_cast<std::size_t>(Finding::stuck));
    if (faults.empty()) describe_run();
  }
  if (found.none()) found.set(static_cast<std::size_t>(Finding::honest));
  for (std::size_t i = 0; i != finding_count; ++i) {
    if (!found[i]) continue;
    ++work.row.found[i];
    if (static_cast<Finding>(i) == Finding::honest || work.shown[i] == examples_of_each) continue;
    ++work.shown[i];
    work.row.examples.push_back({static_cast<Finding>(i), faults, reported, state});
  }
}

void run_singles(Work& work, Progress& progress) {
  work.firsts = singles(work.baseline.operations);
  work.row.operations = work.baseline.operations.size();
  for (const Strike& first : work.firsts) {
    Trial trial(*work.subject, work.baseline, std::span(&first, 1));
    work.seconds_of.push_back(seconds(trial.operations(), first).size());
    work.row.all_pairs += work.seconds_of.back();
    note(work, trial, trial.run());
    ++work.row.singles;
    ++progress.done;
  }
}

// The chosen pairs, or all.
void run_pairs(Work& work, bool all, Progress& progress) {
  std::uint64_t number = 0;
  auto next = work.chosen.begin();
  for (std::size_t i = 0; i != work.firsts.size(); ++i) {
    const std::uint64_t end = number + work.seconds_of[i];
    if (all ? number == end : next == work.chosen.end() || *next >= end) {
      number = end;
      continue;
    }
    const Strike first = work.firsts[i];
    const std::vector<Strike> after =
        seconds(Trial(*work.subject, work.baseline, std::span(&first, 1)).operations(), first);
    for (const Strike& second : after) {
      if (!all) {
        if (next == work.chosen.end() || *next != number++) continue;
        ++next;
      }
      const std::array<Strike, 2> both{first, second};
      Trial trial(*work.subject, work.baseline, both);
      note(work, trial, trial.run());
      ++work.row.pairs;
      ++progress.done;
    }
    number = end;
  }
}

// Each variant's pairs, `extent.pairs` of them, different ones.
void choose(std::vector<Work>& works, const Extent& extent) {
  for (std::size_t variant = 0; variant != variant_count; ++variant) {
    std::uint64_t there_are = 0;
    for (const Work& work : works) {
      if (work.row.variant == static_cast<Variant>(variant)) there_are += work.row.all_pairs;
    }
    if (there_are == 0) continue;
    // Not a standard distribution: those differ from one library to the next.
    std::mt19937_64 random(extent.seed);
    // Robert Floyd's way to draw different numbers: as many draws as numbers.
    std::set<std::uint64_t> drawn;
    for (std::uint64_t end = there_are - std::min(extent.pairs, there_are); end != there_are; ++end) {
      if (!drawn.insert(random() % (end + 1)).second) drawn.insert(end);
    }
    const std::vector<std::uint64_t> chosen(drawn.begin(), drawn.end());
    std::uint64_t start = 0;
    auto next = chosen.begin();
    for (Work& work : works) {
      if (work.row.variant != static_cast<Variant>(variant)) continue;
      const std::uint64_t end = start + work.row.all_pairs;
      for (; next != chosen.end() && *next < end; ++next) work.chosen.push_back(*next - start);
      start = end;
    }
  }
}

// Calls `act` for each subject's work, the largest first, in several threads. Each work is touched by one of them.
void for_each(std::vector<Work>& works, unsigned threads, const std::function<void(Work&)>& act) {
  std::vector<Work*> order;
  order.reserve(works.size());
  for (Work& work : works) order.push_back(&work);
  std::sort(order.begin(), order.end(), [](const Work* a, const Work* b) {
    return a->row.all_pairs != b->row.all_pairs ? a->row.all_pairs > b->row.all_pairs : a < b;
  });
  std::atomic<std::size_t> next{0};
  const auto help = [&] {
    for (std::size_t i = next++; i < order.size(); i = next++) act(*order[i]);
  };
  std::vector<std::thread> helpers;
  for (unsigned i = 1; i < threads; ++i) helpers.emplace_back(help);
  help();
  for (std::thread& helper : helpers) helper.join();
}

}  // namespace

Report run(const std::vector<Subject>& subjects, const Extent& extent, Progress& progress) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<Work> works;
  std::uint64_t all = 0;
  for (const Subject& subject : subjects) {
    works.push_back({.subject = &subject,
                     .baseline = baseline_of(subject),
                     .row = {},
                     .firsts = {},
                     .seconds_of = {},
                     .chosen = {}});
    Row& row = works.back().row;
    row.subject = subject.name;
    row.nesting = subject.nesting;
    row.variant = subject.variant;
    all += singles(works.back().baseline.operations).size();
  }
  if (!extent.all_pairs && extent.pairs == 0) progress.all = all;
  for_each(works, extent.threads, [&](Work& work) { run_singles(work, progress); });

  Report report;
  for (const Work& work : works) report.all_pairs += work.row.all_pairs;
  if (extent.all_pairs) {
    progress.all = all + report.all_pairs;
  } else if (extent.pairs != 0) {
    choose(works, extent);
    for (const Work& work : works) all += work.chosen.size();
    progress.all = all;
  }
  if (extent.all_pairs || extent.pairs != 0) {
    for_each(works, extent.threads, [&](Work& work) { run_pairs(work, extent.all_pairs, progress); });
  }
  for (Work& work : works) report.rows.push_back(std::move(work.row));
  report.seed = extent.all_pairs ? 0 : extent.seed;
  report.comparisons = compare(subjects);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return report;
}

}  // namespace campaign
