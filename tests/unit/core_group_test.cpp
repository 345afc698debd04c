// Groups: one act for several devices, and each is told its own outcome.
#include "fixtures.hpp"

#include <reset_guard/group.hpp>

#include <algorithm>
#include <stdexcept>

using namespace core_test;

namespace {

// A chip of a board: it keeps a mark until it is reset.
struct Chip : Device {
  bool mark = true;
  bool ignores_reset = false, cannot_be_looked_at = false;
  Errc look_error = Errc::gone;
  int resets = 0;
  void reset() {
    ++resets;
    if (!ignores_reset) mark = false;
  }
};
using ChipScope = rg::ResetScope<Chip>;
using Chips = rg::GroupInReset<Chip>;

// What the act does, beyond the reset of each chip.
struct Board {
  Errc error{};
  int acts = 0;
  std::function<rg::Status(Chips&)> also = [](Chips&) { return rg::ok(); };
};

template <unsigned tries>
struct ResetOfBoard : rg::ResetStep<ResetOfBoard<tries>> {
  static constexpr unsigned attempts = tries;
  struct Witness {
    static rg::Result<Witness> look(ChipScope& scope) {
      if (scope.device().cannot_be_looked_at) return Error(scope.device().look_error, 0, "look");
      return Witness();
    }
    rg::Status check(Chip& chip) const {
      if (chip.mark) return Error(Errc::io, 0, "the mark is still there");
      return rg::ok();
    }
  };
  static rg::Status act(Chips& chips, Board& board) {
    ++board.acts;
    if (board.error != Errc{}) return Error(board.error, -5, "board");
    for (Chip& chip : chips) chip.reset();
    return board.also(chips);
  }
};
using BoardReset = ResetOfBoard<1>;
using BoardResetTwice = ResetOfBoard<2>;

struct Ready : rg::Step<Ready> {
  static rg::Status act(Chip& chip) noexcept {
    chip.log.push_back("ready");
    if (chip.resets == 7) return Error(Errc::timed_out, 0, "ready");
    return rg::ok();
  }
};

struct Rack {
  Chip chips[3];
  rg::ResetGroup<Chip, 4> group;
  Board board;
  Rack() {
    for (Chip& chip : chips) CHECK(code_of(group.add(chip)) == Errc{});
  }
};

template <class Answers>
std::vector<Errc> codes(Answers answers) {
  std::vector<Errc> all;
  for (std::size_t i = 0; i != answers.size(); ++i) all.push_back(code_of(answers.take(i)));
  return all;
}
using Codes = std::vector<Errc>;

}  // namespace

// --- one act, an outcome for each ---

TEST_CASE("Group: one act resets all, with one prepare and one done for each") {
  Rack rack;
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board))) == Codes(3));
  CHECK(rack.board.acts == 1);
  for (Chip& chip : rack.chips) CHECK(chip.log == Log{"prepare", "done(verified)"});
}

TEST_CASE("Group: a member that was not reset is quarantined, and the others are verified, in each order") {
  for (std::size_t bad : {0u, 1u, 2u}) {
    Rack rack;
    rack.chips[bad].ignores_reset = true;
    const Codes answers = codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board)));
    for (std::size_t i = 0; i != 3; ++i) {
      CHECK(answers[i] == (i == bad ? Errc::io : Errc{}));
      CHECK(rack.chips[i].log.back() == (i == bad ? "done(failed)" : "done(verified)"));
      CHECK(rack.chips[i].reset_state.quarantined() == (i == bad));
    }
  }
}

TEST_CASE("Group: an act that fails is a failure of each member") {
  Rack rack;
  rack.board.error = Errc::timed_out;
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board))) == Codes(3, Errc::timed_out));
  for (Chip& chip : rack.chips) CHECK(chip.reset_state.quarantined());
}

TEST_CASE("Group: an act that is unsupported leaves each member untouched") {
  Rack rack;
  rack.board.error = Errc::unsupported;
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board))) == Codes(3, Errc::unsupported));
  for (Chip& chip : rack.chips) CHECK(chip.log == Log{"prepare", "done(untouched)"});
}

TEST_CASE("Group: a further step's failure is that of its member alone") {
  Rack rack;
  rack.chips[1].resets = 6;
  const auto answers = codes(value_in(rg::reset_all<BoardReset, Ready>(rack.group, rack.board)));
  CHECK(answers == Codes{Errc{}, Errc::timed_out, Errc{}});
}

TEST_CASE("Group: the further steps are not run for a member that was not reset") {
  Rack rack;
  rack.chips[1].ignores_reset = true;
  rack.chips[1].resets = 6;  // Ready would fail
  const auto answers = codes(value_in(rg::reset_all<BoardReset, Ready>(rack.group, rack.board)));
  CHECK(answers == Codes{Errc{}, Errc::io, Errc{}});
}

TEST_CASE("Group: where no member can be looked at, the act is not called") {
  Rack rack;
  for (Chip& chip : rack.chips) chip.cannot_be_looked_at = true;
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board))) == Codes(3, Errc::gone));
  CHECK(rack.board.acts == 0);
}

TEST_CASE("Group: a member that cannot be looked at before the act fails, and the act is not for it") {
  Rack rack;
  rack.chips[0].cannot_be_looked_at = true;
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board))) == Codes{Errc::gone, Errc{}, Errc{}});
  CHECK(rack.chips[0].resets == 0);
}

TEST_CASE("Group: a member whose look is unsupported is failed if the act was called, which may have reset it") {
  Rack rack;
  rack.chips[0].cannot_be_looked_at = true;
  rack.chips[0].look_error = Errc::unsupported;
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board)))[0] == Errc::already_touched);
  CHECK(rack.chips[0].log.back() == "done(failed)");
}

TEST_CASE("Group: a member whose look is unsupported is untouched if no act was called") {
  Rack rack;
  for (Chip& chip : rack.chips) {
    chip.cannot_be_looked_at = true;
    chip.look_error = Errc::unsupported;
  }
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board))) == Codes(3, Errc::unsupported));
  CHECK(rack.chips[0].log.back() == "done(untouched)");
}

TEST_CASE("Group: the further steps of all are run before any fence is lifted") {
  Rack rack;
  bool ready_first = true;
  for (Chip& chip : rack.chips) {
    chip.in_done = [&](Device&, Outcome) {
      for (Chip& other : rack.chips) ready_first &= std::count(other.log.begin(), other.log.end(), "ready") == 1;
    };
  }
  CHECK(codes(value_in(rg::reset_all<BoardReset, Ready>(rack.group, rack.board))) == Codes(3));
  CHECK(ready_first);
}

TEST_CASE("Group: each done is called after all prepares, the last member's first") {
  Rack rack;
  std::vector<int> order;
  for (int i = 0; i != 3; ++i) {
    rack.chips[i].in_prepare = [&order, i](Device&) { order.push_back(i); };
    rack.chips[i].in_done = [&order, i](Device&, Outcome) { order.push_back(10 + i); };
  }
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board))) == Codes(3));
  CHECK(order == std::vector<int>{0, 1, 2, 12, 11, 10});
}

// --- what is refused ---

TEST_CASE("Group: without members it is no success") {
  rg::ResetGroup<Chip, 4> group;
  Board board;
  CHECK(code_of(rg::reset_all<BoardReset>(group, board)) == Errc::invalid);
  CHECK(board.acts == 0);
}

TEST_CASE("Group: a group that has shrunk to nothing is no success") {
  Rack rack;
  for (Chip& chip : rack.chips) CHECK(code_of(rack.group.remove(chip)) == Errc{});
  CHECK(code_of(rg::reset_all<BoardReset>(rack.group, rack.board)) == Errc::invalid);
}

TEST_CASE("Group: a member twice, one too many, and the end of no membership are refused, and nothing has changed") {
  Rack rack;
  Chip fourth, fifth;
  CHECK(code_of(rack.group.add(rack.chips[1])) == Errc::invalid);
  CHECK(code_of(rack.group.remove(fourth)) == Errc::invalid);
  CHECK(code_of(rack.group.add(fourth)) == Errc{});
  CHECK(code_of(rack.group.add(fifth)) == Errc::no_memory);
  CHECK(rack.group.size() == 4);
}

TEST_CASE("Group: in mid-reset members are neither added nor removed, and the group is not reset again") {
  Rack rack;
  Chip other;
  rack.board.also = [&](Chips&) {
    CHECK(code_of(rack.group.add(other)) == Errc::out_of_order);
    CHECK(code_of(rack.group.remove(rack.chips[0])) == Errc::out_of_order);
    CHECK(code_of(rg::reset_all<BoardReset>(rack.group, rack.board)) == Errc::out_of_order);
    return rg::ok();
  };
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board))) == Codes(3));
}

TEST_CASE("Group: where a member cannot be entered, those before it are untouched, and no act is called") {
  Rack rack;
  rack.chips[2].prepare_error = Errc::no_memory;
  CHECK(code_of(rg::reset_all<BoardReset>(rack.group, rack.board)) == Errc::no_memory);
  CHECK(rack.board.acts == 0);
  CHECK(rack.chips[0].log == Log{"prepare", "done(untouched)"});
  CHECK(rack.chips[1].log == Log{"prepare", "done(untouched)"});
  CHECK(rack.chips[2].log == Log{"prepare"});
}

TEST_CASE("Group: a failure while members are put back is counted behind the first error") {
  Rack rack;
  rack.chips[2].prepare_error = Errc::no_memory;
  rack.chips[0].done_error = Errc::io;
  const Error error = error_in(rg::reset_all<BoardReset>(rack.group, rack.board));
  CHECK(error.code() == Errc::no_memory);
  CHECK(error.later_errors() == 1);
  CHECK(rack.chips[0].reset_state.quarantined());
}

TEST_CASE("Group: an exception from the act leaves each member failed, and the group free") {
  Rack rack;
  rack.board.also = [](Chips&) -> rg::Status { throw std::runtime_error("driver"); };
  CHECK_THROWS_AS(code_of(rg::reset_all<BoardReset>(rack.group, rack.board)), std::runtime_error);
  for (Chip& chip : rack.chips) CHECK(chip.log.back() == "done(failed)");
  rack.board.also = [](Chips&) { return rg::ok(); };
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board))) == Codes(3));
}

// --- members come and go ---

TEST_CASE("Group: a device that joins in mid-reset is fenced until the end, and untouched") {
  Rack rack;
  Chip late;
  rack.board.also = [&](Chips& chips) {
    CHECK(code_of(chips.join(late)) == Errc{});
    CHECK(late.blocked);
    return rg::ok();
  };
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board))) ==
        Codes{Errc{}, Errc{}, Errc{}, Errc::unsupported});
  CHECK(late.log == Log{"prepare", "done(untouched)"});
}

TEST_CASE("Group: a device that joins is in the range of the next attempt, and not of this one") {
  Rack rack;
  Chip late;
  rack.chips[2].ignores_reset = true;
  std::vector<int> due;
  rack.board.also = [&](Chips& chips) {
    if (rack.board.acts == 1) CHECK(code_of(chips.join(late)) == Errc{});
    due.push_back(0);
    for ([[maybe_unused]] Chip& chip : chips) ++due.back();
    return rg::ok();
  };
  CHECK(codes(value_in(rg::reset_all<BoardResetTwice>(rack.group, rack.board))).back() == Errc{});
  CHECK(due == std::vector<int>{3, 2});
}

TEST_CASE("Group: a device that cannot be fenced does not join") {
  Rack rack;
  Chip late;
  late.prepare_error = Errc::no_memory;
  rack.board.also = [&](Chips& chips) {
    CHECK(code_of(chips.join(late)) == Errc::no_memory);
    return rg::ok();
  };
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board))) == Codes(3));
  CHECK(late.log == Log{"prepare"});
}

TEST_CASE("Group: a member twice and one too many do not join") {
  Rack rack;
  Chip fourth, fifth;
  rack.board.also = [&](Chips& chips) {
    CHECK(code_of(chips.join(rack.chips[0])) == Errc::invalid);
    CHECK(code_of(chips.join(fourth)) == Errc{});
    CHECK(code_of(chips.join(fifth)) == Errc::no_memory);
    return rg::ok();
  };
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board))).size() == 4);
  CHECK(fifth.log == Log{});
}

TEST_CASE("Group: a member that leaves in mid-reset is failed at once, for its reason") {
  Rack rack;
  rack.board.also = [&](Chips& chips) {
    CHECK(code_of(chips.leave(rack.chips[1], Error(Errc::gone, -19, "hot-plug"))) == Errc{});
    CHECK(rack.chips[1].log.back() == "done(failed)");
    CHECK(code_of(chips.leave(rack.chips[1], Error(Errc::gone, -19, "hot-plug"))) == Errc::invalid);
    return rg::ok();
  };
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board))) == Codes{Errc{}, Errc::gone, Errc{}});
  CHECK(rack.chips[1].reset_state.quarantine_reason().native() == -19);
}

TEST_CASE("Group: a member that leaves is not 'unsupported', whatever its reason is") {
  Rack rack;
  rack.board.also = [&](Chips& chips) { return chips.leave(rack.chips[1], Error(Errc::unsupported, 0, "hot-plug")); };
  CHECK(codes(value_in(rg::reset_all<BoardReset>(rack.group, rack.board)))[1] == Errc::already_touched);
}

// --- another attempt ---

TEST_CASE("Group: another attempt is for the members that failed, between the same prepare and done") {
  Rack rack;
  rack.chips[2].ignores_reset = true;
  rack.board.also = [&](Chips&) {
    rack.chips[2].ignores_reset = false;
    return rg::ok();
  };
  CHECK(codes(value_in(rg::reset_all<BoardResetTwice>(rack.group, rack.board))) == Codes(3));
  CHECK(rack.board.acts == 2);
  CHECK(rack.chips[0].resets == 1);
  CHECK(rack.chips[2].resets == 2);
  CHECK(rack.chips[2].log == Log{"prepare", "done(verified)"});
}

TEST_CASE("Group: after the last attempt a failure stays, and is one error") {
  Rack rack;
  rack.chips[2].ignores_reset = true;
  auto answers = value_in(rg::reset_all<BoardResetTwice>(rack.group, rack.board));
  const Error error = error_in(answers.take(2));
  CHECK(error.code() == Errc::io);
  CHECK(rack.board.acts == 2);
}

TEST_CASE("Group: an act that is unsupported is not tried again") {
  Rack rack;
  rack.board.error = Errc::unsupported;
  CHECK(codes(value_in(rg::reset_all<BoardResetTwice>(rack.group, rack.board))) == Codes(3, Errc::unsupported));
  CHECK(rack.board.acts == 1);
}

// --- the answers ---

TEST_CASE("Group: first_of() answers with the first failure, and counts the others") {
  Rack rack;
  rack.chips[1].ignores_reset = rack.chips[2].ignores_reset = true;
  const Error error = error_in(first_of(value_in(rg::reset_all<BoardReset>(rack.group, rack.board))));
  CHECK(error.code() == Errc::io);
  CHECK(error.later_errors() == 1);
  rack.chips[1].ignores_reset = rack.chips[2].ignores_reset = false;
  CHECK(code_of(first_of(value_in(rg::reset_all<BoardReset>(rack.group, rack.board)))) == Errc{});
}

TEST_CASE("Group: the merged answer is unsupported only if no member was touched") {
  Rack rack;
  Chip late;
  rack.board.also = [&](Chips& chips) { return chips.join(late); };
  CHECK(code_of(first_of(value_in(rg::reset_all<BoardReset>(rack.group, rack.board)))) == Errc::already_touched);
  rack.board.error = Errc::unsupported;
  CHECK(code_of(first_of(value_in(rg::reset_all<BoardReset>(rack.group, rack.board)))) == Errc::unsupported);
}

TEST_CASE("Group: worst_of() answers with the member that has no fence") {
  Rack rack;
  rack.chips[0].ignores_reset = true;
  rack.chips[2].done_error = Errc::unfenced;
  CHECK(code_of(worst_of(value_in(rg::reset_all<BoardReset>(rack.group, rack.board)))) == Errc::unfenced);
}

TEST_CASE("Group: worst_of() answers with a quarantined member before one that is untouched") {
  Rack rack;
  Chip late;
  rack.chips[2].ignores_reset = true;
  rack.board.also = [&](Chips& chips) { return chips.join(late); };
  CHECK(code_of(worst_of(value_in(rg::reset_all<BoardReset>(rack.group, rack.board)))) == Errc::io);
}

TEST_CASE("Group: primary_with_clean_up() answers with the primary's failure, if it has one") {
  for (const bool primary_fails : {true, false}) {
    Rack rack;
    rack.chips[0].cannot_be_looked_at = true;
    rack.chips[2].ignores_reset = primary_fails;
    auto answers = value_in(rg::reset_all<BoardReset>(rack.group, rack.board));
    CHECK(code_of(primary_with_clean_up(std::move(answers), rack.chips[2])) == (primary_fails ? Errc::io : Errc::gone));
  }
}

TEST_CASE("Group: an answer is taken once, and only a member's") {
  CHECK(in_child([] {
          Rack rack;
          auto answers = value_in(rg::reset_all<BoardReset>(rack.group, rack.board));
          code_of(answers.take(0));
          code_of(answers.take(0));
        }).trapped);
  CHECK(in_child([] {
          Rack rack;
          auto answers = value_in(rg::reset_all<BoardReset>(rack.group, rack.board));
          code_of(answers.take(3));
        }).trapped);
}
