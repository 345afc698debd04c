// Draws the state table for the documentation; drawn_page.hpp says how it is called.
#include "drawn_page.hpp"
#include "state_diagram.hpp"
#include "state_table.hpp"

#include <ostream>
#include <sstream>
#include <string>

namespace {

using namespace state_table;

std::string answer(const Row& row) {
  if (row.to == State::trapped || row.event == Event::destroy) return "";
  if (row.answer != Errc{}) return std::string("`") + reset_guard::to_string(row.answer) + "`";
  return "ok";
}

void draw_diagram(std::ostream& out) {
  Diagram diagram;
  for (std::size_t i = 0; i != state_count; ++i) {
    const State state = static_cast<State>(i);
    diagram.add_state(identifier(state), name(state));
  }
  for (const Row& row : rows) {
    if (!is_legal_edge(row)) continue;
    for (State to : expand(row)) diagram.add_edge(identifier(row.from), identifier(to), name(row.event));
  }
  diagram.draw(out, identifier(State::idle));
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
