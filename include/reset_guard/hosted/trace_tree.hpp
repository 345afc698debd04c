/// write_trace(): a device's trace as a tree, a line for each event.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>

#include "../trace.hpp"
#include "text.hpp"

namespace reset_guard {

namespace detail {

// What happened, without the tree.
inline std::string trace_text(const TraceEvent& event) {
  const std::string error = event.error != nullptr ? ": " + to_string(*event.error) : "";
  switch (event.kind) {
    case TraceKind::prepared: return (event.error != nullptr ? "prepare fails" : "prepare") + error;
    case TraceKind::entered: return event.step != nullptr ? event.step : "reset";
    case TraceKind::finished: return to_string(event.outcome) + error;
    case TraceKind::done:
      return std::string("done(") + to_string(event.outcome) + ")" + (event.error != nullptr ? " fails" : "") + error;
    case TraceKind::evidence: {
      std::string text = event.outcome == Outcome::claimed ? "claim: " : "evidence: ";
      text += event.step != nullptr ? event.step : "a step";
      const char* before = ", which destroys ";
      for (const auto* name = event.destroys; name != nullptr && *name != nullptr; ++name) {
        text += before + std::string(*name);
        before = ", ";
      }
      return text;
    }
    case TraceKind::failure:
      return "failure" + (event.step != nullptr ? std::string(" of ") + event.step : std::string()) + error;
    case TraceKind::refused:
    case TraceKind::overruled: break;
  }
  return to_string(event.kind) + error;
}

}  // namespace detail

/// Writes a trace event as a line of a tree of scopes, in UTF-8: for a device's reset_trace().
///
///     prepare
///     ┌ reset
///     │ ┌ flr
///     │ │ evidence: flr
///     │ └ verified
///     └ verified
///     done(verified)
///
/// Requires: `write` takes a std::string_view, which has no end of line and is valid during the call.
/// Effects: calls `write` once. It makes a string: where there is no memory for one, the program ends.
template <class Write, std::enable_if_t<std::is_invocable_v<Write&, std::string_view>, int> = 0>
void write_trace(const TraceEvent& event, Write&& write) noexcept {
  std::string line;
  const bool edge = event.kind == TraceKind::entered || event.kind == TraceKind::finished;
  if (event.kind != TraceKind::prepared) {
    for (unsigned level = edge ? 1 : 0; level < event.depth; ++level) line += "│ ";
  }
  if (edge) line += event.kind == TraceKind::entered ? "┌ " : "└ ";
  line += detail::trace_text(event);
  write(std::string_view(line));
}
/// The same to a file.
/// Effects: what the file's own errors are is not looked at.
inline void write_trace(const TraceEvent& event, std::FILE* file) noexcept {
  write_trace(event, [file](std::string_view line) {
    std::fprintf(file, "%.*s\n", static_cast<int>(line.size()), line.data());
  });
}

}  // namespace reset_guard
