// Which faults are tried in which operations: single ones in those of a clean run, and second ones in those of the run
// that a first one made of it, its clean-up included.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/faults.hpp"

namespace campaign {

// One fault in one operation, counted from 1.
struct Strike {
  std::uint32_t at;
  sim::FaultKind kind;
};

using Operations = std::vector<sim::Performed>;

// Pending transactions stay; what is late, or away, is so for 20 s: longer than every deadline of a firmware,
// and within the 65 s that a function has to come back.
inline sim::Fault armed(const Strike& strike) {
  sim::Fault fault{.kind = strike.kind, .at = strike.at};
  if (strike.kind == sim::FaultKind::transactions_pending) fault.length = {};
  return fault;
}

constexpr const char* to_string(sim::Operation operation) noexcept {
  switch (operation) {
    case sim::Operation::config_read: return "config_read";
    case sim::Operation::config_write: return "config_write";
    case sim::Operation::mmio_read: return "mmio_read";
    case sim::Operation::mmio_write: return "mmio_write";
    case sim::Operation::map: return "map";
    case sim::Operation::platform: return "platform";
    case sim::Operation::prepare: return "prepare";
    case sim::Operation::done: return "done";
  }
  return "?";
}

namespace detail {

inline bool same(const sim::Performed& a, const sim::Performed& b) noexcept {
  return a.operation == b.operation && a.offset == b.offset && a.function == b.function;
}

// Of a poll's looks, the first two and the last count: one in the middle is like its neighbours.
inline bool in_the_middle_of_a_poll(const Operations& operations, std::size_t index) noexcept {
  const std::size_t from = index < 2 ? 0 : index - 2;
  return index >= 2 && index + 1 < operations.size() && same(operations[from], operations[index]) &&
         same(operations[index - 1], operations[index]) && same(operations[index + 1], operations[index]);
}

inline void append_fitting(const sim::Performed& operation, std::size_t index, std::vector<Strike>& strikes) {
  for (const sim::FaultName& fault : sim::fault_names) {
    if (!sim::fits(fault.kind, operation.operation)) continue;
    strikes.push_back({static_cast<std::uint32_t>(index + 1), fault.kind});
  }
}

}  // namespace detail

// Every fault that can strike in one of these operations, each once.
inline std::vector<Strike> singles(const Operations& clean) {
  std::vector<Strike> strikes;
  for (std::size_t i = 0; i != clean.size(); ++i) detail::append_fitting(clean[i], i, strikes);
  return strikes;
}

// Every fault that can strike after the first one; `operations` are those of the run with the first one. A status
// register lies once: one that always lies cannot be told from an honest one.
inline std::vector<Strike> seconds(const Operations& operations, const Strike& first) {
  std::vector<Strike> strikes;
  for (std::size_t i = first.at; i < operations.size(); ++i) {
    if (!detail::in_the_middle_of_a_poll(operations, i)) detail::append_fitting(operations[i], i, strikes);
  }
  if (first.kind == sim::FaultKind::status_lies) {
    strikes.erase(std::remove_if(strikes.begin(), strikes.end(),
                                 [](const Strike& strike) { return strike.kind == sim::FaultKind::status_lies; }),
                  strikes.end());
  }
  return strikes;
}

// "firmware-silent in operation 14 (mmio_write)".
inline std::string describe(const Strike& strike, const Operations& operations) {
  std::string text = std::string(sim::to_string(strike.kind)) + " in operation " + std::to_string(strike.at);
  if (strike.at <= operations.size()) {
    text += std::string(" (") + to_string(operations[strike.at - 1].operation) + ")";
  }
  return text;
}

}  // namespace campaign
