// A random program as text, one operation a line.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "program.hpp"

namespace random_programs {

inline std::string nth(const Op& op) { return " (" + std::to_string(op.pick) + ")"; }

inline std::string through(const Op& op) {
  return op.from == 0 ? "" : ", through the scope " + std::to_string(op.from) + " further out";
}

inline std::string ending(const Op& op) {
  const char* bare = op.bare ? " (no verdict)" : "";
  switch (op.end) {
    case End::right: return std::string("its evidence, or a new error if it has none") + bare;
    case End::any: return "any evidence" + nth(op) + ", or a new error if there is none" + bare;
    case End::mixed: return "evidence joined from two" + nth(op) + ", or a new error if there is none" + bare;
    case End::fails: return std::string("a new error") + bare;
    case End::old_error: return "an old error" + nth(op) + bare;
    case End::unsupported: return std::string("unsupported") + bare;
    case End::abandoned: return "nothing";
  }
  return "?";
}

inline std::string on_failure(const Op& op) {
  switch (op.then) {
    case Then::drop: return "";
    case Then::discard: return "; the answer is discarded";
    case Then::propagate: return "; a failure is propagated";
    case Then::overrule: return "; a failure is overruled" + through(op);
  }
  return "?";
}

inline std::string line(const Op& op) {
  static constexpr const char* steps[] = {"Flr", "Bus", "Ack", "Power<D0>", "Power<D3>", "Specific"};
  static constexpr const char* verdicts[] = {"<Flr>", "<Bus>", "<Flr, Ack>", "<Specific>"};
  static constexpr const char* hooks[] = {"succeeds", "fails", "fails as unfenced", "re-enters and drops the refusal",
                                          "re-enters and returns the refusal"};
  const std::string device = op.device == 0 ? "A" : "B";
  switch (op.act) {
    case Do::reset:
    case Do::scope:
      return std::string(op.act == Do::reset ? "reset" : "scope by hand") + verdicts[op.kind] + " of " + device +
             (op.levels > 1 ? ", " + std::to_string(op.levels) + " deep" : "") + (op.catches ? ", catching" : "") +
             (op.stays_open ? ", stays open" : ", ends with " + ending(op) + on_failure(op));
    case Do::step:
      return std::string(steps[op.kind]) + (op.key != 0 ? " for " + std::to_string(op.key) : "") +
             (!op.fails        ? op.claims ? " is done, and shows nothing" : " is done"
              : op.old_error   ? " fails with an old error" + nth(op)
              : op.unsupported ? " is unsupported"
                               : " fails") +
             (op.fails && op.by_witness ? ", by its witness" : "") + through(op) +
             (op.fails || op.then == Then::discard ? on_failure(op) : "");
    case Do::touch: return "touch" + through(op);
    case Do::overrule:
      return std::string("overrule ") + (op.forged ? "a forged copy of " : "") + "an old error" + nth(op) + through(op);
    case Do::finish:
      return std::string("finish ") + (op.any_scope ? "a hand-made scope" + nth(op) : "the scope" + through(op)) +
             " as " + verdicts[op.kind] + " with " + ending(op) + on_failure(op);
    case Do::move: return "move a hand-made scope" + nth(op);
    case Do::drop: return "destroy a hand-made scope" + nth(op);
    case Do::leave: return "throw";
    case Do::hooks: return "next prepare of " + device + ' ' + hooks[op.kind] + ", next done " + hooks[op.next_done];
    case Do::release: return "release_quarantine of " + device;
  }
  return "?";
}

inline void print(std::string& out, const std::vector<Op>& ops, std::size_t depth) {
  for (const Op& op : ops) {
    out += std::string(depth * 2, ' ') + line(op) + '\n';
    print(out, op.body, depth + 1);
  }
}

inline std::string to_string(const Program& program) {
  std::string out;
  print(out, program.ops, 1);
  if (program.honest) out += "  (nothing here fails without being resolved)\n";
  if (program.newest_first) out += "  (what is still open at the end is destroyed newest first)\n";
  return out;
}

}  // namespace random_programs
