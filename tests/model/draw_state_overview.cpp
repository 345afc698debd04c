// Draws the state table for the tutorial: states that a beginner need not tell apart are one. drawn_page.hpp says how
// it is called.
#include "drawn_page.hpp"
#include "state_diagram.hpp"
#include "state_table.hpp"

#include <sstream>
#include <string>

namespace {

using namespace state_table;

const char* group(State state) {
  if (prepare_runs(state)) return "preparing";
  if (has_scope(state)) return "in_reset";
  if (done_runs(state)) return "finishing";
  if (state == State::quarantined || state == State::unfenced) return "quarantined";
  return identifier(state);
}

std::string done_that_runs(State state) {
  for (const Row& row : rows) {
    if (row.to == state && row.hook != Hook::none) return name(row.hook);
  }
  return "done";
}

std::string label(const Row& row) {
  if (prepare_runs(row.from)) {
    if (row.event == Event::hook_ok) return "prepare succeeds";
    return row.from == State::preparing ? "prepare fails" : "prepare fails, of a retry";
  }
  if (done_runs(row.from)) return row.event == Event::hook_ok ? done_that_runs(row.from) + " succeeds" : "done fails";
  if (has_scope(row.from) && has_scope(row.to)) return "enter, one deeper";
  if (row.to == State::outer) return "finish, one less deep";
  if (has_scope(row.from)) return "the last finish";
  return name(row.event);
}

std::string drawing() {
  Diagram diagram;
  diagram.add_state("in_reset", "in reset");
  for (const Row& row : rows) {
    if (!is_legal_edge(row) || row.event == Event::destroy) continue;
    // A finish that comes from the depth limit is as any other.
    if (row.from == State::at_limit) continue;
    for (State to : expand(row)) diagram.add_edge(group(row.from), group(to), label(row));
  }
  std::ostringstream out;
  diagram.draw(out, "idle");
  return out.str();
}

}  // namespace

int main(int argc, char** argv) {
  return drawn_page::run(argc, argv, "draw_state_overview", "tests/model/state_table.hpp", drawing());
}
