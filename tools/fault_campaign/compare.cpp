// The runs that are shown step by step: the same faults, in every variant.
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "campaign.hpp"
#include "judge.hpp"
#include "staged_run.hpp"

namespace campaign {
namespace {

using sim::EventKind;
using sim::FaultKind;

struct Case {
  const char* title;
  const char* subject;
  const char* nesting;
  Staging staging;
};

constexpr Staging nothing{FaultKind::gone, nullptr};  // is injected

constexpr Case cases[] = {
    {"The firmware never answers: HiNIC virtual function",
     "hinic_vf",
     device_specific,
     {FaultKind::firmware_silent, [](const Events& clean) { return first_operation(clean, EventKind::mmio_write); }}},
    {"The function is not ready again after its FLR: Chelsio T4",
     "chelsio_t4",
     device_specific,
     {FaultKind::never_ready, [](const Events& clean) { return first_operation(clean, EventKind::reset); }}},
    {"Nothing fails: the nested fence of the HiNIC virtual function", "hinic_vf", device_specific, nothing},
    {"Nothing fails: a CXL bus reset, which encloses a bus reset", "cxl_bus", under_chain, nothing},
    {"Done fails: NVMe, by FLR",
     "flr",
     alone,
     {FaultKind::done_fails, [](const Events& clean) { return last_operation(clean, EventKind::done); }}},
};

[[gnu::format(printf, 1, 2)]] std::string format(const char* pattern, ...) {
  char buffer[256];
  __builtin_va_list arguments;
  __builtin_va_start(arguments, pattern);
  std::vsnprintf(buffer, sizeof buffer, pattern, arguments);
  __builtin_va_end(arguments);
  return buffer;
}

double milliseconds(sim::Duration duration) { return static_cast<double>(duration.count()) / 1000; }

std::string register_of(const sim::Event& event) {
  return event.name != nullptr ? event.name : format("register 0x%x", event.offset);
}

// What to say about an event; nullopt-like empty and `skipped`: it is left out. Looks are summed up in the sleeps.
std::string text_of(const sim::Event& event, bool& skipped) {
  using enum EventKind;
  skipped = false;
  switch (event.kind) {
    case config_write:
    case mmio_write: return register_of(event) + format(" := 0x%0*x", 2 * event.width, event.written);
    case write_lost:
      return register_of(event) + format(" := 0x%0*x, and nobody answers", 2 * event.width, event.written);
    case map:
    case unmap: return format("BAR %u", event.offset);
    case prepare:
    case done: return event.text != nullptr ? format("fails: %s", event.text) : "";
    case reset:
    case reset_ignored:
    case fault:
    case violation: return event.text != nullptr ? event.text : "";
    case trace: {
      const char* step = event.step != nullptr ? event.step : "reset";
      if (event.trace == rg::TraceKind::evidence) return std::string("evidence: ") + step;
      if (event.trace == rg::TraceKind::failure) {
        return format("%s failed: %s (%s)", step, rg::to_string(event.code), event.text != nullptr ? event.text : "");
      }
      if (event.trace == rg::TraceKind::refused && event.failed) {
        return format("refused: %s, %d", event.text != nullptr ? event.text : step, event.native);
      }
      skipped = true;
      return {};
    }
    case config_read:
    case mmio_read:
    case sleep: skipped = true; return {};
    case platform: return event.name != nullptr ? event.name : "";
    case iommu_block:
    case iommu_unblock:
    case iommu_fault:
    case dma:
    case power_off:
    case reset_held:
    case returned: return {};
  }
  return {};
}

// The events as moments. Sleeps with nothing but looks between them are one, as long as depth and block stay as they
// are.
std::vector<Moment> moments_of(const Events& events, const pci::Address& function) {
  std::vector<Moment> moments;
  sim::Duration slept{};
  Moment sleep{};
  unsigned looks = 0, depth = 0;
  bool blocked = false;
  const auto flush = [&] {
    if (slept == sim::Duration{}) return;
    std::string text = format("%.6g ms", milliseconds(slept));
    if (looks > 1) text += format(", %u looks", looks);
    sleep.text = std::move(text);
    moments.push_back(sleep);
    slept = {};
  };
  for (const sim::Event& event : events) {
    const bool look = event.kind == EventKind::config_read || event.kind == EventKind::mmio_read;
    if (event.function == function) {  // a port that is written to in between has a fence of its own
      depth = event.depth;
      blocked = event.blocked;
      if (depth != sleep.depth || blocked != sleep.blocked) flush();
    }
    if (event.kind == EventKind::sleep) {
      if (slept == sim::Duration{}) {
        sleep = {static_cast<std::uint64_t>(event.time.count()), depth, blocked, to_string(event.kind), {}};
        looks = 0;
      }
      slept += event.length;
    }
    looks += look ? 1 : 0;
    bool skipped = false;
    std::string text = text_of(event, skipped);
    if (skipped) continue;
    flush();
    moments.push_back(
        {static_cast<std::uint64_t>(event.time.count()), depth, blocked, to_string(event.kind), std::move(text)});
  }
  flush();
  return moments;
}

// What failed first where no fault was injected: a prepare that was refused.
std::string refused_of(const Events& events) {
  for (const sim::Event& event : events) {
    if (event.kind != EventKind::trace || event.trace != rg::TraceKind::refused || !event.failed) continue;
    return format("the prepare of %s is refused: %d", event.text != nullptr ? event.text : "a second one",
                  event.native);
  }
  return {};
}

// Adds the variant's line; where the fault has nothing to strike in it, a note.
void add_line(const Case& shown, const Subject& subject, Comparison& comparison) {
  StagedRun run = stage(subject, shown.staging);
  std::string failed = refused_of(run.events);
  if (run.missed) {
    comparison.note += std::string(comparison.note.empty() ? "" : " ") + to_string(subject.variant) +
                       " has no line: no reset happens there (" + failed + "), so the fault has nothing to strike.";
    return;
  }
  comparison.faults = run.faults;
  if (shown.staging.place != nullptr && !failed.empty()) failed = run.faults + "; then " + failed;
  comparison.lines.push_back({subject.variant, moments_of(run.events, run.function), reported_text(run.answer),
                              std::move(run.state), std::move(failed), std::move(run.findings)});
}

}  // namespace

std::vector<Comparison> compare(const std::vector<Subject>& subjects) {
  std::vector<Comparison> comparisons;
  for (const Case& shown : cases) {
    Comparison comparison{shown.title, shown.subject, shown.nesting, {}, {}, {}};
    for (std::size_t i = 0; i != variant_count; ++i) {
      const auto variant = static_cast<Variant>((i + 1) % variant_count);  // reset_guard last
      for (const Subject& subject : subjects) {
        if (subject.variant != variant || subject.name != shown.subject || subject.nesting != shown.nesting) continue;
        add_line(shown, subject, comparison);
      }
    }
    if (!comparison.lines.empty()) comparisons.push_back(std::move(comparison));
  }
  return comparisons;
}

}  // namespace campaign
