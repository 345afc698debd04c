// Draws the state table for the documentation; drawn_page.hpp says how it is called.
#include "drawn_page.hpp"
#include "state_table.hpp"

#include <ostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace state_table;

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

}  // namespace

int main(int argc, char** argv) {
  return drawn_page::run(argc, argv, "draw_state_table", "tests/model/state_table.hpp", drawing());
}
