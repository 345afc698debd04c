// The log: every hardware operation and every event, in order, enough to replay a reset; and the violations.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "clock.hpp"
#include "pci/id.hpp"

namespace sim {

namespace rg = reset_guard;

enum class EventKind : std::uint8_t {
  config_read,
  config_write,
  mmio_read,
  mmio_write,
  map,  // offset: the BAR's index
  unmap,
  platform,  // the platform was asked; name: for what; text: why it refused
  sleep,     // length
  prepare,   // the hook was called; text: why it failed
  done,      // the hook was called; outcome: what it was told; text: why it failed
  iommu_block,
  iommu_unblock,
  iommu_fault,    // a DMA of a blocked function
  dma,            // a DMA that went through
  reset_held,     // the bus above holds the function in reset
  reset,          // the function was reset and lost its state; text: by what
  power_off,      // the function has no power, and lost its state
  reset_ignored,  // a reset was asked for and does nothing; text: why
  write_lost,     // nobody answered
  returned,       // a function that was gone is back
  trace,          // the core's event: trace, outcome, error, step; text: where the error arose
  fault,          // an injected fault strikes; text: which; name: of the register, if it is one that is accessed
  violation,      // text: which rule was broken
};

constexpr const char* to_string(EventKind kind) noexcept {
  switch (kind) {
    case EventKind::config_read: return "config_read";
    case EventKind::config_write: return "config_write";
    case EventKind::mmio_read: return "mmio_read";
    case EventKind::mmio_write: return "mmio_write";
    case EventKind::map: return "map";
    case EventKind::unmap: return "unmap";
    case EventKind::platform: return "platform";
    case EventKind::sleep: return "sleep";
    case EventKind::prepare: return "prepare";
    case EventKind::done: return "done";
    case EventKind::iommu_block: return "iommu_block";
    case EventKind::iommu_unblock: return "iommu_unblock";
    case EventKind::iommu_fault: return "iommu_fault";
    case EventKind::dma: return "dma";
    case EventKind::reset_held: return "reset_held";
    case EventKind::reset: return "reset";
    case EventKind::power_off: return "power_off";
    case EventKind::reset_ignored: return "reset_ignored";
    case EventKind::write_lost: return "write_lost";
    case EventKind::returned: return "returned";
    case EventKind::trace: return "trace";
    case EventKind::fault: return "fault";
    case EventKind::violation: return "violation";
  }
  return "?";
}

constexpr const char* trace_name(rg::TraceKind kind) noexcept {
  switch (kind) {
    case rg::TraceKind::prepared: return "prepared";
    case rg::TraceKind::entered: return "entered";
    case rg::TraceKind::refused: return "refused";
    case rg::TraceKind::evidence: return "evidence";
    case rg::TraceKind::failure: return "failure";
    case rg::TraceKind::overruled: return "overruled";
    case rg::TraceKind::finished: return "finished";
    case rg::TraceKind::done: return "done";
  }
  return "?";
}

// One line of the log. Strings live as long as the program.
struct Event {
  EventKind kind;
  pci::Address function{};
  Duration time{};              // virtual, when it began
  std::uint64_t operation = 0;  // which counted operation it is, or happened in; from 1
  unsigned depth = 0;           // open scopes
  bool blocked = false;         // by the IOMMU, afterwards
  std::uint32_t offset = 0;
  const char* name = nullptr;  // of the register, where it is known; of what the platform was asked for
  std::uint8_t width = 0;      // in bytes
  std::uint32_t before = 0;    // the register's value; of a read both are what was read
  std::uint32_t after = 0;
  std::uint32_t written = 0;  // not all bits of it need stay
  Duration length{};
  const char* text = nullptr;
  rg::TraceKind trace{};
  rg::Outcome outcome{};
  const char* step = nullptr;
  const char* const* destroys = nullptr;  // of evidence: what the step destroys; a nullptr is behind the last name
  bool failed = false;                    // if so:
  rg::Errc code{};
  std::int32_t native = 0;
};

// A rule that was broken, by the code under test.
struct Violation {
  pci::Address function;
  Duration time;
  std::uint64_t operation;
  const char* text;
  unsigned count;  // how often in a row
};

// A failure that the core saw.
struct Failure {
  std::uint64_t operation;
  rg::Errc code;
  std::int32_t native;
  const char* step;
};

class Log {
 public:
  // Off: nothing is kept but the violations, for runs by the thousand.
  void record(bool on) noexcept { recording_ = on; }
  bool recording() const noexcept { return recording_; }

  void add(const Event& event) {
    if (recording_) events_.push_back(event);
  }

  void violation(const Violation& violation) {
    if (!violations_.empty()) {
      Violation& last = violations_.back();
      if (last.text == violation.text && last.function == violation.function) {
        ++last.count;
        return;
      }
    }
    violations_.push_back(violation);
  }

  // Kept also when nothing is recorded: what a reset must report.
  void failure(const Failure& failure) noexcept {
    if (!first_failure_) first_failure_ = failure;
  }
  // What went before is overruled in the scope of that depth, and forgotten if it is a success after all.
  void overruled(unsigned depth) noexcept { overruled_at_ = depth; }
  void verified(unsigned depth) noexcept {
    if (depth > overruled_at_) return;
    overruled_at_ = 0;
    first_failure_.reset();
  }
  const std::optional<Failure>& first_failure() const noexcept { return first_failure_; }

  const std::vector<Event>& events() const noexcept { return events_; }
  const std::vector<Violation>& violations() const noexcept { return violations_; }
  void clear() noexcept {
    events_.clear();
    violations_.clear();
    first_failure_.reset();
    overruled_at_ = 0;
  }

 private:
  std::vector<Event> events_;
  std::vector<Violation> violations_;
  std::optional<Failure> first_failure_;
  unsigned overruled_at_ = 0;  // 0: nothing is
  bool recording_ = true;
};

}  // namespace sim
