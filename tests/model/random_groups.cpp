// Random programs of resets of groups, on the library and on a model that is written from its documentation: what each
// hook is told, in which order, and what each call answers. With -DRANDOM_GROUPS_FUZZED a fuzzer's bytes are the
// choices. Exit status 1 if they differ; the program is printed.
#define RESET_GUARD_STRICT 1
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <reset_guard/group.hpp>
#include <reset_guard/quarantine.hpp>
#include <string>
#include <utility>
#include <vector>

#include "choices.hpp"

namespace {

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

Op generate_op(Choices& choices, int depth) {
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
Program generate(Choices choices) {
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

// --- the library ---

struct Chip {
  rg::ResetState reset_state;
  int number = 0;
  Log* log = nullptr;
  Faults faults;
  bool mark = true, blocked = false, blocked_before = false;

  rg::Status reset_prepare() noexcept {
    log->hook(number, "prepare");
    if (faults.prepare) return rg::Error(Errc::no_memory, 0, "prepare");
    mark = true;  // its user's
    blocked_before = std::exchange(blocked, true);
    return rg::ok();
  }
  rg::Status reset_done(Outcome outcome) noexcept {
    log->hook(number, rg::to_string(outcome));
    if (faults.done == Errc::unfenced) blocked = false;
    if (faults.done != Errc{}) return rg::Error(faults.done, 0, "done");
    if (outcome == Outcome::verified || outcome == Outcome::claimed || outcome == Outcome::released) blocked = false;
    if (outcome == Outcome::untouched) blocked = blocked_before;
    return rg::ok();
  }
  void reset() {
    if (faults.ignores == 0) mark = false;
    if (faults.ignores != 0) --faults.ignores;
  }
};

struct MarkWitness {
  static rg::Status plant(Chip& chip) {
    if (chip.faults.look != Errc{}) return rg::Error(chip.faults.look, 0, "look");
    chip.mark = true;
    return rg::ok();
  }
  static rg::Result<bool> check(Chip& chip) {
    if (chip.mark) return rg::Error(Errc::io, 0, "the mark is still there");
    return !chip.faults.shows_nothing;
  }
};
struct ChipReset : rg::ResetStep<ChipReset> {
  struct Witness : MarkWitness {
    static rg::Result<Witness> look(rg::ResetScope<Chip>& scope) {
      RESET_GUARD_CHECK(MarkWitness::plant(scope.device()));
      return Witness();
    }
  };
  static rg::Status act(Chip& chip) {
    chip.reset();
    return rg::ok();
  }
};
struct Ready : rg::Step<Ready> {
  static rg::Status act(Chip& chip) {
    chip.log->hook(chip.number, "ready");
    if (chip.faults.ready) return rg::Error(Errc::timed_out, 0, "ready");
    return rg::ok();
  }
};

class Library;
template <unsigned tries>
struct BoardReset : rg::ResetStep<BoardReset<tries>> {
  static constexpr unsigned attempts = tries;
  static constexpr rg::Literal name = "board";
  struct Witness : MarkWitness {
    static rg::Result<Witness> look(rg::ResetScope<Chip>& scope) {
      RESET_GUARD_CHECK(MarkWitness::plant(scope.device()));
      return Witness();
    }
  };
  static rg::Status act(rg::GroupInReset<Chip>& chips, Library& library, const Op& op, int& call);
};

template <class Answer>
Errc code(Answer answer) {
  if (!answer.failed()) return Errc{};
  return std::move(answer).error().code();
}

class Library {
 public:
  Log log;

  Library() {
    for (int i = 0; i != device_count; ++i) chips_[i].number = i, chips_[i].log = &log;
  }
  Chip& chip(int index) { return chips_[index]; }

  void run(const Op& op, rg::GroupInReset<Chip>* chips) {
    Chip& device = chips_[op.device];
    auto& group = groups_[op.group];
    switch (op.kind) {
      case Kind::add: return log.answer(code(group.add(device)));
      case Kind::remove: return log.answer(code(group.remove(device)));
      case Kind::reset_device: return log.answer(code(rg::reset<ChipReset>(device)));
      case Kind::release: return log.answer(code(rg::release_quarantine(device, "a person looked at it")));
      case Kind::join: return log.answer(code(chips->join(device)));
      case Kind::leave: return log.answer(code(chips->leave(device, rg::Error(Errc::unsupported, 0, "it left"))));
      case Kind::reset_group: break;
    }
    if (op.twice) return op.ready ? run_group<BoardReset<2>, Ready>(op) : run_group<BoardReset<2>>(op);
    return op.ready ? run_group<BoardReset<1>, Ready>(op) : run_group<BoardReset<1>>(op);
  }

 private:
  template <class... Steps>
  void run_group(const Op& op) {
    int call = 0;
    auto reset = rg::reset_all<Steps...>(groups_[op.group], *this, op, call);
    if (reset.failed()) return log.answer(std::move(reset).error().code());
    auto answers = std::move(reset).take();
    for (std::size_t i = 0; i != answers.size(); ++i) {
      log.hook(answers.device(i).number, "answers");
      log.answer(code(answers.take(i)));
    }
  }

  Chip chips_[device_count];
  rg::ResetGroup<Chip, most> groups_[group_count];
};

template <unsigned tries>
rg::Status BoardReset<tries>::act(rg::GroupInReset<Chip>& chips, Library& library, const Op& op, int& call) {
  const Act& act = op.acts[call++];
  for (const Op& also : act.also) library.run(also, &chips);
  if (act.error != Errc{}) return rg::Error(act.error, 0, "board");
  for (Chip& chip : chips) {
    library.log.hook(chip.number, "reset");
    chip.reset();
  }
  return rg::ok();
}

// --- the model ---

class Model {
 public:
  Log log;

  struct Device {
    // Of a step, or of the steps of a verdict.
    enum Whose { nothing, chip_reset, board, board_twice, board_ready, board_twice_ready, ready, no_step, several };
    struct Level {
      bool touched = false;
      Whose whose = nothing;  // the failure that nothing has resolved
      Errc first{};
    };
    Faults faults;
    bool mark = true, quarantined = false, unfenced = false;
    int voids = 0;  // reset steps and scopes that failed: evidence from before proves nothing
    std::vector<Level> levels;
  };
  std::array<Device, device_count> devices;

  void run(const Op& op, int within) {
    std::vector<int>& group = groups_[std::size_t(op.group)];
    switch (op.kind) {
      case Kind::add: return log.answer(add(op));
      case Kind::remove:
        if (in_reset_[op.group]) return log.answer(Errc::out_of_order);
        for (std::size_t i = 0; i != group.size(); ++i) {
          if (group[i] != op.device) continue;
          group.erase(group.begin() + std::ptrdiff_t(i));
          return log.answer(Errc{});
        }
        return log.answer(Errc::invalid);
      case Kind::reset_device: return log.answer(reset_device(op.device));
      case Kind::release: return log.answer(release(op.device));
      case Kind::join: return log.answer(join(within, op.device));
      case Kind::leave: return log.answer(leave(within, op.device));
      case Kind::reset_group: return reset_group(op);
    }
  }

 private:
  using Whose = Device::Whose;
  using Level = Device::Level;
  struct Member {
    int device;
    bool in = true, due = true, passed = false;
    Errc answer = Errc::unsupported;  // where it has not passed
    int voids = 0;                    // when it passed
  };

  Device& at(int device) { return devices[std::size_t(device)]; }
  std::vector<Member>& members(int group) { return members_[std::size_t(group)]; }

  // --- one device ---

  Errc enter(int index) {
    Device& device = at(index);
    if (device.levels.empty()) {
      log.hook(index, "prepare");
      if (device.faults.prepare) return Errc::no_memory;
      device.mark = true;
      device.voids = 0;
    }
    device.levels.push_back({});
    return {};
  }
  // A step failed in the innermost scope. Returns what it answers.
  Errc fail(int index, Whose step, Errc error) {
    Level& level = at(index).levels.back();
    if (error == Errc::unsupported && !level.touched) return error;
    if (error == Errc::unsupported) error = Errc::already_touched;
    add_failure(level, step, error);
    if (step != Whose::ready) ++at(index).voids;
    return error;
  }
  static void add_failure(Level& level, Whose step, Errc error) {
    level.touched = true;
    if (level.whose == Whose::nothing) level.whose = step, level.first = error;
    if (level.whose != step || step == Whose::no_step) level.whose = several_or(level.whose, step);
  }
  static Whose several_or(Whose there, Whose step) {
    return there == Whose::no_step && step == Whose::no_step ? there : Whose::several;
  }
  void pass(int index, Whose step) {
    at(index).levels.back().touched = true;
    for (Level& level : at(index).levels) {
      if (level.whose == step) level.whose = Whose::nothing;
    }
  }
  // The innermost scope ends: if it `passed`, with evidence, which is good or not, and otherwise with an error.
  Errc end(int index, Whose step, bool passed, bool good, Errc error) {
    Device& device = at(index);
    const bool claimed = passed && step != Whose::ready && device.faults.shows_nothing;
    Level level = device.levels.back();
    bool untouched = false;
    if (passed && level.whose != Whose::nothing) {
      level.first = Errc::unresolved_failure;
    } else if (passed && !good) {
      add_failure(level, step, Errc::invalid_evidence);
    } else if (claimed && device.levels.size() == 1 && device.quarantined) {
      add_failure(level, step, Errc::not_shown);
    } else if (!passed && level.whose == Whose::nothing) {
      untouched = error == Errc::unsupported && !level.touched;
      if (!untouched) add_failure(level, step, error == Errc::unsupported ? Errc::already_touched : error);
    }
    const bool failed = level.whose != Whose::nothing;
    device.levels.pop_back();
    if (device.levels.empty()) {
      if (failed) return call_done(index, level.first, Outcome::failed);
      if (untouched) return call_done(index, error, Outcome::untouched);
      return call_done(index, Errc{}, claimed ? Outcome::claimed : Outcome::verified);
    }
    if (untouched) return error;
    device.levels.back().touched = true;
    if (!failed) {
      pass(index, step);
      return {};
    }
    if (step != Whose::ready) ++device.voids;
    Level& around = device.levels.back();
    if (around.whose == Whose::nothing) {
      around.whose = step;
      around.first = level.first;
    } else if (around.whose != step || step == Whose::no_step) {
      around.whose = Whose::several;
    }
    return level.first;
  }
  Errc call_done(int index, Errc answer, Outcome outcome) {
    Device& device = at(index);
    // What was fenced stays fenced.
    const Outcome told = outcome == Outcome::untouched && device.quarantined ? Outcome::failed : outcome;
    log.hook(index, rg::to_string(told));
    const Errc error = device.faults.done;
    device.quarantined = told == Outcome::failed || error != Errc{};
    device.unfenced = error == Errc::unfenced;
    return outcome != Outcome::failed && error != Errc{} ? error : answer;
  }
  Errc release(int index) {
    Device& device = at(index);
    if (!device.levels.empty()) return Errc::out_of_order;
    if (!device.quarantined) return Errc::invalid;
    log.hook(index, rg::to_string(Outcome::released));
    if (device.faults.done == Errc{}) device.quarantined = device.unfenced = false;
    device.unfenced = device.unfenced || device.faults.done == Errc::unfenced;
    return device.faults.done;
  }
  void reset_mark(Device& device) {
    if (device.faults.ignores == 0) device.mark = false;
    if (device.faults.ignores != 0) --device.faults.ignores;
  }
  // By its own step, which has a scope inside the reset's.
  Errc reset_device(int index) {
    Device& device = at(index);
    if (const Errc refused = enter(index); refused != Errc{}) return refused;
    device.levels.push_back({});
    Errc error{};
    if (device.faults.look != Errc{}) {
      error = fail(index, Whose::chip_reset, device.faults.look);
    } else {
      device.mark = true;
      reset_mark(device);
      if (device.mark) error = fail(index, Whose::chip_reset, Errc::io);
      if (!device.mark) pass(index, Whose::chip_reset);
    }
    error = end(index, Whose::chip_reset, error == Errc{}, true, error);
    return end(index, Whose::chip_reset, error == Errc{}, true, error);
  }

  // --- a group ---

  Errc add(const Op& op) {
    std::vector<int>& group = groups_[std::size_t(op.group)];
    if (in_reset_[op.group]) return Errc::out_of_order;
    for (const int member : group) {
      if (member == op.device) return Errc::invalid;
    }
    if (group.size() == most) return Errc::no_memory;
    group.push_back(op.device);
    return {};
  }
  Errc join(int group, int index) {
    for (const Member& member : members(group)) {
      if (member.device == index) return Errc::invalid;
    }
    if (members(group).size() == most) return Errc::no_memory;
    if (const Errc refused = enter(index); refused != Errc{}) return refused;
    members(group).push_back({index});
    return {};
  }
  Errc leave(int group, int index) {
    for (Member& member : members(group)) {
      if (member.device != index || !member.in) continue;
      at(index).levels.back().touched = true;
      member.passed = member.in = member.due = false;
      member.answer = end(index, Whose::no_step, false, false, Errc::unsupported);
      return {};
    }
    return Errc::invalid;
  }

  void reset_group(const Op& op) {
    const int group = op.group;
    if (in_reset_[group]) return log.answer(Errc::out_of_order);
    if (groups_[std::size_t(group)].empty()) return log.answer(Errc::invalid);
    members(group).clear();
    for (const int index : groups_[std::size_t(group)]) {
      if (const Errc refused = enter(index); refused != Errc{}) {
        for (std::size_t i = members(group).size(); i != 0; --i) {
          end(members(group)[i - 1].device, Whose::no_step, false, false, Errc::unsupported);
        }
        return log.answer(refused);
      }
      members(group).push_back({index});
    }
    in_reset_[group] = true;
    const Whose step = op.twice ? Whose::board_twice : Whose::board;
    bool again = true;
    for (int call = 0; again && call != (op.twice ? 2 : 1); ++call) {
      attempt(op, step, call);
      again = false;
      for (const Member& member : members(group)) again |= member.due && member.answer != Errc::unsupported;
    }
    finish(op);
  }
  void attempt(const Op& op, Whose step, int call) {
    bool any = false;
    for (Member& member : members(op.group)) {
      if (!member.due) continue;
      if (at(member.device).faults.look != Errc{}) {
        member.answer = fail(member.device, step, at(member.device).faults.look);
        member.due = false;
      } else {
        at(member.device).mark = true;
        any = true;
      }
    }
    if (!any) return;
    const std::size_t size = members(op.group).size();
    const Act& act = op.acts[call];
    for (const Op& also : act.also) run(also, op.group);
    for (std::size_t i = 0; i != size; ++i) {
      const Member& member = members(op.group)[i];
      if (!member.due || act.error != Errc{}) continue;
      log.hook(member.device, "reset");
      reset_mark(at(member.device));
    }
    for (std::size_t i = 0; i != size; ++i) {
      Member& member = members(op.group)[i];
      if (!member.due) {
        if (member.in && act.error != Errc::unsupported) at(member.device).levels.back().touched = true;
        continue;
      }
      if (act.error != Errc{}) {
        member.answer = fail(member.device, step, act.error);
      } else if (at(member.device).mark) {
        member.answer = fail(member.device, step, Errc::io);
      } else {
        pass(member.device, step);
        member.passed = true;
        member.due = false;
        member.voids = at(member.device).voids;
      }
    }
  }
  void finish(const Op& op) {
    const Whose verdict = op.ready ? (op.twice ? Whose::board_twice_ready : Whose::board_ready)
                                   : (op.twice ? Whose::board_twice : Whose::board);
    std::vector<Member> all = members(op.group);
    for (Member& member : all) {
      if (!member.passed || !op.ready) continue;
      const int index = member.device;
      at(index).levels.push_back({});
      Errc error{};
      log.hook(index, "ready");
      if (at(index).faults.ready) error = fail(index, Whose::ready, Errc::timed_out);
      if (!at(index).faults.ready) pass(index, Whose::ready);
      error = end(index, Whose::ready, error == Errc{}, true, error);
      if (error != Errc{}) member.passed = false, member.answer = error;
    }
    for (std::size_t i = all.size(); i != 0; --i) {
      Member& member = all[i - 1];
      if (!member.in) continue;
      const int index = member.device;
      member.answer = end(index, verdict, member.passed, member.voids == at(index).voids, member.answer);
    }
    in_reset_[op.group] = false;
    groups_[std::size_t(op.group)].clear();
    for (const Member& member : all) {
      groups_[std::size_t(op.group)].push_back(member.device);
      log.hook(member.device, "answers");
      log.answer(member.answer);
    }
  }

  std::array<std::vector<int>, group_count> groups_;
  std::array<std::vector<Member>, group_count> members_;
  bool in_reset_[group_count] = {};
};

// --- both ---

void print(const Op& op, int indent) {
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

// Returns whether library and model agree about a program.
bool agree(const Program& program) {
  Library library;
  Model model;
  for (const Line& line : program) {
    for (int i = 0; i != device_count; ++i) {
      library.chip(i).faults = line.faults[i];
      model.devices[std::size_t(i)].faults = line.faults[i];
    }
    const std::size_t before = library.log.lines().size();
    library.run(line.op, nullptr);
    model.run(line.op, -1);
    bool same = library.log.lines() == model.log.lines();
    for (int i = 0; i != device_count; ++i) {
      const Chip& chip = library.chip(i);
      const Model::Device& device = model.devices[std::size_t(i)];
      same = same && chip.reset_state.quarantined() == device.quarantined && !chip.reset_state.in_reset() &&
             chip.reset_state.unfenced() == device.unfenced && chip.blocked == (device.quarantined && !device.unfenced);
    }
    if (same) continue;
    print(line.op, 0);
    for (int i = 0; i != device_count; ++i) {
      const Faults& faults = line.faults[i];
      std::printf("device %d: prepare fails %d, look %s, ignores %d, shows nothing %d, ready fails %d, done %s\n", i,
                  faults.prepare, rg::to_string(faults.look), faults.ignores, faults.shows_nothing, faults.ready,
                  rg::to_string(faults.done));
    }
    const auto &is = library.log.lines(), &should = model.log.lines();
    for (std::size_t at = before; at < is.size() || at < should.size(); ++at) {
      const char *left = at < is.size() ? is[at].c_str() : "", *right = at < should.size() ? should[at].c_str() : "";
      std::printf("%-24s %-24s%s\n", left, right, std::strcmp(left, right) == 0 ? "" : "  <- differs");
    }
    for (int i = 0; i != device_count; ++i) {
      const Chip& chip = library.chip(i);
      const Model::Device& device = model.devices[std::size_t(i)];
      std::printf("device %d: quarantined %d, model %d; unfenced %d, model %d; blocked %d\n", i,
                  chip.reset_state.quarantined(), device.quarantined, chip.reset_state.unfenced(), device.unfenced,
                  chip.blocked);
    }
    return false;
  }
  return true;
}

}  // namespace

#if defined(RANDOM_GROUPS_FUZZED)

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  if (!agree(generate(Choices(bytes, count)))) std::abort();
  return 0;
}

#else

int main(int argc, char** argv) {
  const unsigned long programs = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100000;
  const unsigned long first = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1;
  if (argc > 3 || programs == 0 || first == 0) {
    std::fputs("Usage: random_groups [PROGRAMS [SEED]]\n", stderr);
    return 2;
  }
  for (unsigned long seed = first; seed != first + programs; ++seed) {
    if (agree(generate(Choices(seed)))) continue;
    std::printf("left: the library, right: the model. Again: random_groups 1 %lu\n", seed);
    return 1;
  }
  std::printf("%lu programs of groups: library and model agree\n", programs);
}

#endif
