// A second implementation of the resets of groups, from the documentation: what each hook is told, in which order, and
// what each call answers. Of the library it has the names of errors and outcomes only.
#pragma once

#include <array>
#include <cstddef>
#include <reset_guard/reset_guard.hpp>
#include <vector>

#include "group_program.hpp"

namespace random_groups {

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

}  // namespace random_groups
