// A random program as data: a tree of operations on two devices.
#pragma once

#include <algorithm>
#include <vector>

namespace random_programs {

enum class Do { reset, scope, step, touch, overrule, finish, move, drop, leave, hooks, release };
enum class End { right, any, mixed, fails, old_error, unsupported, abandoned };  // what a scope ends with
enum class Then { drop, discard, propagate, overrule };                          // and what is done about its answer
enum StepId { flr, bus, ack, d0, d3, specific, step_count };
enum VerdictId { by_flr, by_bus, by_flr_and_ack, by_specific, verdict_count };

struct Op {
  Do act = Do::touch;
  int device = 0;
  int kind = 0;              // reset, scope, finish: the verdict; step: the step; hooks: what the next prepare does
  int next_done = 0;         // hooks
  int levels = 1;            // reset: so many of them, one in the other
  int from = 0;              // through which scope: 0 is the innermost of this program, 1 the one around it
  int pick = 0;              // which of the evidence, errors or hand-made scopes that the program has had
  bool fails = false;        // step
  bool unsupported = false;  // step: what it fails with
  bool by_witness = false;   // step: its act succeeds, and its witness says that nothing was reset
  bool claims = false;       // step: it passes, and its witness has nothing to show
  int key = 0;               // step: for one of several things, in a scope of its own; 0: by hand, through `from`
  bool old_error = false;    // step: it fails with an error that the program has had, by `pick`
  bool forged = false;       // overrule: an error that says the same and was never recorded
  bool any_scope = false;    // finish: a hand-made scope, by `pick`, open or not
  bool catches = false;      // reset, scope: stops an exception
  bool stays_open = false;   // scope: outlives its block
  bool bare = false;         // scope, finish: finish(Done) and finish(Error), not finish(Verdict)
  End end = End::right;
  Then then = Then::drop;
  std::vector<Op> body{};
};

// How large a program may be.
inline constexpr int max_operations = 40;
inline constexpr int max_depth = 6;  // of scopes, one in the other

struct Program {
  std::vector<Op> ops{};
  bool honest = false;        // nothing fails that is not resolved: each reset has to be verified
  bool newest_first = false;  // the order in which scopes that were left open are destroyed
};

inline int operations(const std::vector<Op>& ops) {
  int count = int(ops.size());
  for (const Op& op : ops) count += operations(op.body);
  return count;
}

// How many scopes lie one in the other, each level of a reset that has several counted once.
inline int depth(const std::vector<Op>& ops) {
  int deepest = 0;
  for (const Op& op : ops) {
    if (op.act == Do::reset || op.act == Do::scope) deepest = std::max(deepest, 1 + depth(op.body));
  }
  return deepest;
}

}  // namespace random_programs
