// A run that is shown step by step: a fault in a place that the run without it shows, and what became of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report.hpp"
#include "sim/faults.hpp"
#include "sim/log.hpp"
#include "subjects.hpp"

namespace campaign {

using Events = std::vector<sim::Event>;

// In which operation a fault is to strike, as the clean run shows; 0: in none.
using FaultPlace = std::uint64_t (*)(const Events& clean);

struct Staging {
  sim::FaultKind kind;
  FaultPlace place;  // nullptr: no fault
};

struct StagedRun {
  pci::Address function;  // the one that is reset
  std::string faults;     // as in Example; "none"
  bool missed;            // the fault has nothing to strike in this subject's run: it is the run without it
  Answer answer;
  std::string state;  // what became of the function: "not reset, blocked"
  bool blocked;
  bool quarantined;  // by the library; never with upstream's variants
  sim::Duration took;
  Events events;
  std::vector<sim::Violation> violations;
  std::vector<Finding> findings;  // honest alone, or all others that fit
};

StagedRun stage(const Subject& subject, const Staging& staging);

// The operation in which the first or last event of a kind happened; 0: there is none. For places.
std::uint64_t first_operation(const Events& events, sim::EventKind kind);
std::uint64_t last_operation(const Events& events, sim::EventKind kind);

}  // namespace campaign
