// Programs of resets of groups, and the log that running one leaves: which hooks were called and what was answered.
#pragma once

#include <cstddef>
#include <cstdio>
#include <reset_guard/reset_guard.hpp>
#include <string>
#include <utility>
#include <vector>

#include "choices.hpp"

namespace random_groups {

namespace rg = reset_guard;
using random_programs::Choices;
using rg::Errc;
using rg::Outcome;

constexpr int device_count = 4, group_count = 2;
constexpr std::size_t most = 3;  // members of a group: fewer than devices, so that one can be full

// --- a program ---

enum class Kind { add, remove, reset_device, reset_group, release, join, leave };
struct Op;
struct Act {
  Errc error{};
  std::vector<Op> also;  // before the reset of the chips: join and leave, and what any program may do
};
struct Op {
  Kind kind;
  int device = 0, group = 0;
  bool twice = false, ready = false;  // of a group: another attempt, a further step
  Act acts[2] = {};
};
// What goes wrong, as long as one operation of the program lasts.
struct Faults {
  bool prepare = false, ready = false, shows_nothing = false;
  int ignores = 0;  // so many resets
  Errc look{}, done{};
};
struct Line {
  Op op;
  Faults faults[device_count];
};
using Program = std::vector<Line>;

inline Op generate_op(Choices& choices, int depth) {
  Op op{};
  const int kind = choices.below(depth == 0 ? 8 : 10);
  op.kind = kind < 2    ? Kind::add
            : kind == 2 ? Kind::remove
            : kind == 3 ? Kind::reset_device
            : kind < 7  ? Kind::reset_group
            : kind == 7 ? Kind::release
            : kind == 8 ? Kind::join
                        : Kind::leave;
  op.device = choices.below(device_count);
  op.group = choices.below(group_count);
  if (op.kind != Kind::reset_group) return op;
  op.twice = choices.one_in(2);
  op.ready = choices.one_in(3);
  for (Act& act : op.acts) {
    const int error = choices.below(8);
    if (error >= 6) act.error = error == 6 ? Errc::io : Errc::unsupported;
    if (depth == group_count) continue;
    for (int left = choices.below(4); left > 0; --left) act.also.push_back(generate_op(choices, depth + 1));
  }
  return op;
}
inline Program generate(Choices choices) {
  Program program;
  for (int left = 1 + choices.below(12); left != 0; --left) {
    Line line{generate_op(choices, 0), {}};
    for (Faults& faults : line.faults) {
      faults.prepare = choices.one_in(12);
      if (choices.one_in(10)) faults.look = choices.one_in(2) ? Errc::unsupported : Errc::gone;
      faults.ready = choices.one_in(8);
      faults.shows_nothing = choices.one_in(8);
      faults.ignores = choices.one_in(4) ? 1 + choices.below(3) : 0;
      if (choices.one_in(10)) faults.done = choices.one_in(2) ? Errc::unfenced : Errc::no_memory;
    }
    program.push_back(std::move(line));
  }
  return program;
}

inline void print(const Op& op, int indent) {
  static constexpr const char* names[] = {"add", "remove", "reset device", "reset group", "release", "join", "leave"};
  std::printf("%*s%s, device %d, group %d", indent, "", names[int(op.kind)], op.device, op.group);
  if (op.kind == Kind::reset_group) std::printf("%s%s", op.twice ? ", twice" : "", op.ready ? ", and Ready" : "");
  std::puts("");
  if (op.kind != Kind::reset_group) return;
  for (int call = 0; call != (op.twice ? 2 : 1); ++call) {
    std::printf("%*sact %d answers %s\n", indent + 2, "", call + 1, rg::to_string(op.acts[call].error));
    for (const Op& also : op.acts[call].also) print(also, indent + 4);
  }
}

// --- what happened ---

// In order: each hook that is called, with what it is told, and each answer.
class Log {
 public:
  void hook(int device, const char* what) { lines_.push_back(std::to_string(device) + " " + what); }
  void answer(Errc code) { lines_.push_back(std::string("-> ") + (code == Errc{} ? "ok" : rg::to_string(code))); }
  const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<std::string> lines_;
};

}  // namespace random_groups
