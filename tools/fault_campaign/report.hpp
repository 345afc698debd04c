// What a fault campaign found out, ready to be printed: filled by the campaign, read by text, JSON and page.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace campaign {

// Whose behaviour: reset_guard's, or one of upstream's versions of prepare and done, with upstream's handlers.
enum class Variant : std::uint8_t {
  reset_guard,
  linux_7_0,   // per group: a second prepare answers -EBUSY; done always unblocks
  march_2026,  // proposed: a second prepare answers 0; done is skipped after a failure
  linux_7_1,   // per device: counted; done always unblocks, and returns nothing
  quarantine,  // proposed: counted; done is told the result, and keeps the block after a failure
};
inline constexpr std::size_t variant_count = 5;
const char* to_string(Variant variant) noexcept;   // for people: "Linux 7.1"
const char* identifier(Variant variant) noexcept;  // for programs: "linux_7_1"

// How one run with its faults was judged. A run may be several of these; `honest` is a run that is none of the others.
enum class Finding : std::uint8_t {
  honest,
  false_success,         // reported as success, although the function was not reset
  unblocked_on_failure,  // reported as a failure (or lost), and the function is not blocked
  stuck,                 // a healthy function whose next reset does not end verified
  false_alarm,           // reported as a failure, although it was reset, fenced, and answered in time
  unbalanced,            // prepare and done, map and unmap, or a scoped bit that was not put back
  unfenced_work,         // reset, or waited for, while it was not blocked
  wrong_error,           // not the first error is the one that was reported
  hung,                  // its own handler reset it as its firmware does not survive it
  too_long,              // longer than the documented bound
};
inline constexpr std::size_t finding_count = 10;
const char* to_string(Finding finding) noexcept;
const char* identifier(Finding finding) noexcept;

// One run that was not honest, so that it can be run again and shown.
struct Example {
  Finding finding;
  std::string faults;    // "firmware-silent in operation 14 (mmio_write)"; two: joined by " and "
  std::string reported;  // "success", "failure: timed_out -110 (firmware acknowledgement)"
  std::string state;     // what became of the function: "not reset, unblocked"
};

// One handler or method, in one nesting, in one variant.
struct Row {
  std::string subject;  // "hinic_vf", "flr"
  std::string nesting;  // "alone", "device_specific", "chain", "outer scope"
  Variant variant;
  std::uint64_t operations = 0;                      // of a clean run
  std::uint64_t singles = 0;                         // runs with one fault, each different
  std::uint64_t pairs = 0;                           // runs with two
  std::uint64_t all_pairs = 0;                       // how many there are
  std::array<std::uint64_t, finding_count> found{};  // how many of both had each finding
  std::uint64_t claims = 0;                          // how many of both were claimed
  std::uint64_t empty_claims = 0;                    // and the function was not reset
  std::vector<Example> examples;                     // a few of each finding
};

// One moment of a run, for a time line.
struct Moment {
  std::uint64_t time_us;
  unsigned depth;  // of open scopes, or of upstream's nesting of calls to prepare
  bool blocked;
  std::string kind;  // sim::to_string(EventKind): "mmio_write", "reset", "sleep", "prepare", "done", "fault"
  std::string text;  // what to say about it; may be empty
};

struct TimeLine {
  Variant variant;
  std::vector<Moment> moments;
  std::string reported;  // as in Example
  std::string state;
  std::string failed;  // what failed, in words
  std::vector<Finding> findings;
};

// The same faults, upstream's run and reset_guard's.
struct Comparison {
  std::string title;  // "The firmware never answers: HiNIC VF"
  std::string subject;
  std::string nesting;
  std::string faults;
  std::vector<TimeLine> lines;  // upstream's variants in order, reset_guard last
  std::string note{};           // which variants have no line, and why; empty: all have one
};

struct Report {
  std::vector<Row> rows;
  std::vector<Comparison> comparisons;
  std::uint64_t seed = 0;       // of the pairs that were chosen; 0: all pairs were run
  std::uint64_t all_pairs = 0;  // how many there are, of all rows
  double seconds = 0;
  std::string machine;  // "reset_tool 0.1.0, g++ 12.2.0"
};

}  // namespace campaign
