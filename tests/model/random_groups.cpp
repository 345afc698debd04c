// Random programs of resets of groups, on the library and on a model that is written from its documentation: what each
// hook is told, in which order, and what each call answers. With -DRANDOM_GROUPS_FUZZED a fuzzer's bytes are the
// choices. Exit status 1 if they differ; the program is printed.
#define RESET_GUARD_STRICT 1
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <reset_guard/group.hpp>
#include <reset_guard/quarantine.hpp>
#include <string>
#include <utility>

#include "choices.hpp"
#include "group_model.hpp"
#include "group_program.hpp"

namespace {

using namespace random_groups;

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

// --- both ---

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
