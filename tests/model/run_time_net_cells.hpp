// The cells of the table of the run-time net (run_time_net.hpp): its axes, what a cell says, and the patterns that most
// rows follow.
#pragma once

#include <reset_guard/error.hpp>
#include <reset_guard/outcome.hpp>

#include <cstddef>

namespace run_time_net {

using reset_guard::Errc;
using reset_guard::Outcome;

// --- the axes ---

// What happens to the error after the rule was broken: the two ways to lose it.
enum class Path {
  success,  // behind a success: each scope still open drops it and offers evidence; done succeeds
  error,    // behind another error: each scope still open ends with an error of its own; done fails
};
inline constexpr Path paths[] = {Path::success, Path::error};

// The level of the scope that breaks the rule. At the limit, only what needs it is asked for.
inline constexpr unsigned depths[] = {1, 2, 3, 50};
inline constexpr std::size_t nested_depths = 3;  // the first three: every rule
inline constexpr std::size_t depth_count = sizeof depths / sizeof depths[0];
inline constexpr std::size_t path_count = sizeof paths / sizeof paths[0];

// --- one cell ---

enum class Fence {
  kept,  // the device is blocked and quarantined
  gone,  // the device is quarantined, and the state says unfenced
  none,  // prepare failed: nothing is held
};

struct Cell {
  Errc answer{};                     // of the outermost scope. Errc{}: there is no such test
  unsigned later = 0;                // how many errors came after the first
  Fence fence = Fence::kept;         // at the end
  const char* impossible = nullptr;  // why there is no such test
  bool of_clean_up = false;          // the first error is that of the scope around, for which it was left

  constexpr bool is_possible() const { return answer != Errc{}; }
};

struct Cells {
  Cell at[depth_count][path_count] = {};
};

// --- cells that follow a pattern ---

// A scope breaks the rule with its end. The scopes around it pass over the failure, or add an error each; so does done.
constexpr Cells ends(Errc code, unsigned already = 0) {
  Cells cells;
  for (std::size_t i = 0; i != nested_depths; ++i) {
    cells.at[i][0] = {depths[i] == 1 ? code : Errc::unresolved_failure, already};
    cells.at[i][1] = {code, already + depths[i]};
  }
  return cells;
}

// A scope is left without an end. What the scope around it ends with is the error that it was left for.
constexpr Cells left() {
  Cells cells = ends(Errc::abandoned);
  for (std::size_t i = 1; i != nested_depths; ++i) {
    cells.at[i][1] = {Errc::io, depths[i] - 1, Fence::kept, nullptr, true};
  }
  return cells;
}

// The rule is broken inside a scope, which then ends as those around it do.
constexpr Cells inside(Errc code, unsigned already = 0) {
  Cells cells;
  for (std::size_t i = 0; i != nested_depths; ++i) {
    cells.at[i][0] = {Errc::unresolved_failure, already};
    cells.at[i][1] = {code, already + depths[i] + 1};
  }
  return cells;
}

// A scope ends before the one inside it: no scope of this reset can end well any more, and each one that ends counts.
constexpr Cells breaks_order(Errc code) {
  Cells cells;
  for (std::size_t i = 0; i != nested_depths; ++i) {
    cells.at[i][0] = {code, depths[i]};
    cells.at[i][1] = {code, depths[i] + 1};
  }
  return cells;
}

// The rule is about a hook, which the outermost scope calls.
constexpr Cells outermost_only(Cell success, Cell error, const char* why_not_nested) {
  Cells cells;
  cells.at[0][0] = success;
  cells.at[0][1] = error;
  for (std::size_t i = 1; i != nested_depths; ++i) {
    for (Cell& cell : cells.at[i]) cell.impossible = why_not_nested;
  }
  return cells;
}

constexpr Cells limit_only(Cell success, Cell error, const char* why_not_before) {
  Cells cells = outermost_only({}, {}, why_not_before);
  for (Cell& cell : cells.at[0]) cell.impossible = why_not_before;
  cells.at[nested_depths][0] = success;
  cells.at[nested_depths][1] = error;
  return cells;
}

constexpr Cell impossible(const char* why) { return {Errc{}, 0, Fence::kept, why}; }

}  // namespace run_time_net
