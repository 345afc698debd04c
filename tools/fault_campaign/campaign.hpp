// The campaign: every subject, every fault in every operation, and pairs of faults.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "report.hpp"
#include "subjects.hpp"

namespace campaign {

struct Extent {
  std::uint64_t pairs = 100000;  // in each variant, chosen by the seed
  std::uint64_t seed = 1;
  bool all_pairs = false;  // all there are, whatever `pairs` says
  unsigned threads = 2;
};

// What is known while it runs.
struct Progress {
  std::atomic<std::uint64_t> done{0};
  std::atomic<std::uint64_t> all{0};  // 0: not known yet
};

// What: runs it all. The report's contents, but for the seconds, do not depend on the number of threads.
// Throws: std::runtime_error if a subject of this library cannot do a clean reset, or has no documented bound.
Report run(const std::vector<Subject>& subjects, const Extent& extent, Progress& progress);

// The runs that are shown step by step, in every variant that there is.
std::vector<Comparison> compare(const std::vector<Subject>& subjects);

}  // namespace campaign
