// Draws the table of the run-time net for the documentation; drawn_page.hpp says how it is called.
#include "drawn_page.hpp"
#include "run_time_net.hpp"

#include <ostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace run_time_net;

std::string text(const Cell& cell) {
  if (!cell.is_possible()) return "–";
  std::string out = std::string("`") + reset_guard::to_string(cell.answer) + "`";
  if (cell.later != 0) out += " +" + std::to_string(cell.later);
  if (cell.fence == Fence::gone) out += ", fence gone";
  if (cell.fence == Fence::none) out += ", nothing held";
  return out;
}

// A column for what done is told, where it is not always the same.
bool tells_more_than_failed(Group group) {
  for (const Row& row : rows) {
    if (row.group == group && row.told != Outcome::failed) return true;
  }
  return false;
}

const char* told(const Row& row) {
  return row.cells.at[0][0].fence == Fence::none ? "" : reset_guard::to_string(row.told);
}

void draw_group(std::ostream& out, Group group) {
  const bool tells = tells_more_than_failed(group);
  out << "\n### " << title(group) << "\n\n" << rule_of(group) << "\n\n";
  out << "| what is done | step, native |" << (tells ? " done is told |" : "")
      << " 1, success | 1, error | 2, success | 2, error | 3, success | 3, error |\n"
      << "|---|---|" << (tells ? "---|" : "") << "---|---|---|---|---|---|\n";
  for (const Row& row : rows) {
    if (row.group != group) continue;
    out << "| **" << row.name << "**: " << row.breach << " | " << row.origin.step << ", " << row.origin.native << " |";
    if (tells) out << " " << told(row) << " |";
    for (std::size_t depth = 0; depth != nested_depths; ++depth) {
      for (const Cell& cell : row.cells.at[depth]) out << " " << text(cell) << " |";
    }
    out << "\n";
  }
}

bool is_impossible(const Cell& cell, const std::string& why) {
  return cell.impossible != nullptr && cell.impossible == why;
}

// Which cells of a row are impossible for the reason `why`.
std::string places(const Row& row, const std::string& why) {
  std::string out;
  for (std::size_t depth = 0; depth != nested_depths; ++depth) {
    const auto& at = row.cells.at[depth];
    const bool success = is_impossible(at[0], why);
    const bool error = is_impossible(at[1], why);
    if (!success && !error) continue;
    out += (out.empty() ? "" : ", ") + std::to_string(depths[depth]);
    if (!success || !error) out += std::string(" (") + name(success ? Path::success : Path::error) + ")";
  }
  return out;
}

// The tests that stand in for the impossible cells.
std::string at_limit(const Row& row) {
  const auto& at = row.cells.at[nested_depths];
  if (!at[0].is_possible()) return "";
  return " It is tested at depth " + std::to_string(depths[nested_depths]) + ": success path " + text(at[0]) +
         ", error path " + text(at[1]) + ".";
}

// One line for all rows that have the same impossible cells for the same reason.
void draw_impossible(std::ostream& out) {
  struct Line {
    std::string rules, places, why;
  };
  std::vector<Line> lines;
  const auto add = [&](const Row& row, const char* why) {
    const std::string where = places(row, why);
    for (Line& line : lines) {
      if (line.places != where || line.why != why + at_limit(row)) continue;
      if (line.rules.find(row.name) == std::string::npos) line.rules += std::string("; ") + row.name;
      return;
    }
    lines.push_back({row.name, where, why + at_limit(row)});
  };
  for (const Row& row : rows) {
    for (const auto& depth : row.cells.at) {
      for (const Cell& cell : depth) {
        if (cell.impossible != nullptr) add(row, cell.impossible);
      }
    }
  }
  out << "\n### The impossible cells\n\n| what is done | depth | why there is no such test |\n|---|---|---|\n";
  for (const Line& line : lines) out << "| " << line.rules << " | " << line.places << " | " << line.why << " |\n";
}

std::string drawing() {
  std::ostringstream out;
  out << row_count << " ways to break a rule, " << count_cells(true) << " tests, " << count_cells(false)
      << " impossible cells.\n";
  for (std::size_t i = 0; i != group_count; ++i) draw_group(out, static_cast<Group>(i));
  draw_impossible(out);
  return out.str();
}

}  // namespace

int main(int argc, char** argv) {
  return drawn_page::run(argc, argv, "draw_run_time_net", "tests/model/run_time_net.hpp", drawing());
}
