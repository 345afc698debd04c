// A state diagram, in the language of Mermaid, of rows of the state table.
#pragma once

#include "state_table.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

namespace state_table {

// The states that a next state stands for.
inline std::vector<State> expand(const Row& row) {
  if (row.to == State::before) return {State::quarantined, State::unfenced};
  if (row.to == State::outer) return {State::in_reset, State::in_reset_again};
  return {row.to};
}

// Several labels of one edge stand below each other.
class Diagram {
 public:
  void add_state(const std::string& identifier, const std::string& name) {
    states_ += "  state \"" + without_colons(name) + "\" as " + identifier + "\n";
  }
  void add_edge(const std::string& from, const std::string& to, const std::string& label) {
    const auto is_it = [&](const Edge& edge) { return edge.from == from && edge.to == to; };
    const auto known = std::find_if(edges_.begin(), edges_.end(), is_it);
    if (known == edges_.end()) {
      edges_.push_back({from, to, {label}});
    } else if (std::find(known->labels.begin(), known->labels.end(), label) == known->labels.end()) {
      known->labels.push_back(label);
    }
  }
  void draw(std::ostream& out, const std::string& first) const {
    out << "```mermaid\nstateDiagram-v2\n  [*] --> " << first << "\n" << states_;
    for (const Edge& edge : edges_) {
      out << "  " << edge.from << " --> " << edge.to;
      const char* before = " : ";
      for (const std::string& label : edge.labels) {
        out << before << without_colons(label);
        before = "<br>";
      }
      out << "\n";
    }
    out << "```\n";
  }

 private:
  struct Edge {
    std::string from, to;
    std::vector<std::string> labels;
  };

  // In a diagram a colon begins the label.
  static std::string without_colons(std::string text) {
    std::replace(text.begin(), text.end(), ':', ',');
    return text;
  }

  std::string states_;
  std::vector<Edge> edges_;
};

}  // namespace state_table
