// Draws the state table for the documentation.
//
//   draw_state_table                what it draws
//   draw_state_table --check FILE   exit status 1 unless FILE has just that between its markers
//   draw_state_table --write FILE   puts it there
#include "state_table.hpp"

#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace state_table;

constexpr const char* begin_marker = "<!-- begin: drawn by tests/model/draw_state_table.cpp -->\n";
constexpr const char* end_marker = "<!-- end -->\n";

// The states that a next state stands for.
std::vector<State> expand(const Row& row) {
  if (row.to == State::before) return {State::quarantined, State::unfenced};
  if (row.to == State::outer) return {State::in_reset, State::in_reset_again};
  return {row.to};
}

std::string answer(const Row& row) {
  if (row.to == State::trapped || row.event == Event::destroy) return "";
  if (row.answer != Errc{}) return std::string("`") + reset_guard::to_string(row.answer) + "`";
  return "ok";
}

// In a diagram a colon begins the label.
std::string without_colons(std::string text) {
  for (char& c : text) {
    if (c == ':') c = ',';
  }
  return text;
}

void draw_diagram(std::ostream& out) {
  struct Edge {
    State from, to;
    std::string label;
  };
  std::vector<Edge> edges;
  for (const Row& row : rows) {
    if (!is_legal_edge(row)) continue;
    for (State to : expand(row)) {
      Edge* known = nullptr;
      for (Edge& edge : edges) {
        if (edge.from == row.from && edge.to == to) known = &edge;
      }
      if (known != nullptr) {
        known->label += std::string("<br>") + name(row.event);
      } else {
        edges.push_back({row.from, to, name(row.event)});
      }
    }
  }
  out << "```mermaid\nstateDiagram-v2\n  [*] --> idle\n";
  for (std::size_t i = 0; i != state_count; ++i) {
    const State state = static_cast<State>(i);
    out << "  state \"" << without_colons(name(state)) << "\" as " << identifier(state) << "\n";
  }
  for (const Edge& edge : edges) {
    out << "  " << identifier(edge.from) << " --> " << identifier(edge.to) << " : " << without_colons(edge.label)
        << "\n";
  }
  out << "```\n";
}

void draw_rows(std::ostream& out) {
  for (std::size_t i = 0; i != state_count; ++i) {
    const State state = static_cast<State>(i);
    std::string title = name(state);
    title[0] = static_cast<char>(title[0] - 'a' + 'A');
    out << "\n### " << title << "\n"
        << meaning(state) << ".\n\n"
        << "| event | answer | calls | next | a failure stays |\n|---|---|---|---|---|\n";
    for (const Row& row : rows) {
      if (row.from != state) continue;
      out << "| " << name(row.event) << " | " << answer(row) << " | " << name(row.hook) << " | " << name(row.to)
          << " | " << (row.failure ? "yes" : "") << " |\n";
    }
  }
}

std::string drawing() {
  std::ostringstream out;
  draw_diagram(out);
  out << "\n" << row_count << " rows.\n";
  draw_rows(out);
  return out.str();
}

// What stands before, between and after the markers of a file.
struct Parts {
  std::string before, drawn, after;
};

bool split(const std::string& path, Parts& parts) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    std::cerr << path << ": cannot be read\n";
    return false;
  }
  const std::string all = text.str();
  const std::size_t begin = all.find(begin_marker);
  const std::size_t end = all.find(end_marker, begin == std::string::npos ? 0 : begin);
  if (begin == std::string::npos || end == std::string::npos) {
    std::cerr << path << ": has no markers:\n" << begin_marker << end_marker;
    return false;
  }
  const std::size_t drawn = begin + std::strlen(begin_marker);
  parts = {all.substr(0, drawn), all.substr(drawn, end - drawn), all.substr(end)};
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string option = argc > 1 ? argv[1] : "";
  if (argc == 1) {
    std::cout << drawing();
    return std::cout.flush() ? 0 : 2;
  }
  if (argc != 3 || (option != "--check" && option != "--write")) {
    std::cerr << "usage: draw_state_table [--check FILE | --write FILE]\n";
    return 2;
  }
  Parts parts;
  if (!split(argv[2], parts)) return 2;
  if (option == "--check") {
    if (parts.drawn == drawing()) return 0;
    std::cerr << argv[2] << ": is not what tests/model/state_table.hpp says: draw_state_table --write " << argv[2]
              << "\n";
    return 1;
  }
  std::ofstream file(argv[2], std::ios::binary);
  file << parts.before << drawing() << parts.after;
  return file.flush() ? 0 : 2;
}
