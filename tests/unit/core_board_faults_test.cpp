// The faults of a program that resets the chips of a board together: by one request to the driver, with a word to the
// processes that have a chip open. For each, what holds it, and what happens. docs/migration.md shows them as a table,
// which tests/docs/blocks.py makes from these comments:
//
//   FAULT:    what the program does
//   HELD BY:  compiler, run time, a look (an answer shows it, if the program asks), or nobody
//   WHAT:     what happens
//   TEST:     the name of the test case, if it is not the one below
//   RULE:     the file of tests/rules whose test shows it
#include "fixtures.hpp"

#include <reset_guard/group.hpp>

#include <chrono>

using namespace core_test;

namespace {

// A chip of a board: it keeps a mark until it is reset. The processes that have it open are told by its done.
struct Chip : Device {
  bool mark = true, hangs = false;
};
using Chips = rg::GroupInReset<Chip>;

struct MarkGone {
  explicit MarkGone(Chip&) noexcept {}
  rg::Status check(Chip& chip) const noexcept {
    if (chip.mark) return Error(Errc::io, 0, "the mark is still there");
    return rg::ok();
  }
};

// One request for all: what hangs is not reset, and the request succeeds.
struct Request : rg::ResetStep<Request> {
  using Witness = MarkGone;
  static rg::Status act(Chips& chips) noexcept {
    for (Chip& chip : chips) chip.mark = chip.hangs;
    return rg::ok();
  }
};
// One attempt after the other, and what each does.
struct Attempts : rg::ResetStep<Attempts> {
  static constexpr unsigned attempts = 2;
  using Witness = MarkGone;
  static rg::Status act(Chips& chips, const std::function<rg::Status(Chips&)>& attempt) { return attempt(chips); }
};
// One that nothing looks at.
struct Believed : rg::ResetStep<Believed> {
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "the driver is believed";
  };
  static rg::Status act(Chips&) noexcept { return rg::ok(); }
};
// The reset of a chip by itself.
struct ChipReset : rg::ResetStep<ChipReset> {
  using Witness = MarkGone;
  static rg::Status act(Chip& chip) noexcept {
    chip.mark = chip.hangs;
    return rg::ok();
  }
};

struct Clock {
  std::chrono::milliseconds now() const noexcept { return {}; }
  void sleep(std::chrono::milliseconds) noexcept {}
};
template <class Clock, class Time, class = void>
constexpr bool waits_for = false;
template <class Clock, class Time>
constexpr bool waits_for<Clock, Time,
                         std::void_t<decltype(rg::poll_until(std::declval<Clock&>(), {Time{15}, Time{1}}, "ready",
                                                             std::declval<bool (*)()>()))>> = true;

template <std::size_t number>
struct Board {
  Chip chips[number];
  rg::ResetGroup<Chip, number> group;
  Board() {
    for (Chip& chip : chips) CHECK(code_of(group.add(chip)) == Errc{});
  }
};

// The natural loop: each chip by itself, and the first failure is the answer.
Errc reset_each(const std::vector<Chip*>& chips) {
  std::optional<Error> first;
  for (Chip* chip : chips) {
    auto verdict = rg::reset<ChipReset>(*chip);
    if (!verdict.failed()) {
      std::move(verdict).discard("it has been reset");
      continue;
    }
    const Error error = std::move(verdict).error();
    if (!first) first = error;
  }
  return first ? first->code() : Errc{};
}

}  // namespace

// --- the list of the chips ---

// FAULT: An empty list resets all chips.
// HELD BY: run time
// WHAT: `invalid`, before any act.
// TEST: Group: without members it is no success

// FAULT: A list that shrank to nothing is a success.
// HELD BY: run time
// WHAT: `invalid`, before any act.
// TEST: Group: a group that has shrunk to nothing is no success

// FAULT: A chip is twice in the list, and is prepared twice.
// HELD BY: run time
// WHAT: `add()` answers `invalid`.
// TEST: Group: a member twice, one too many, and the end of no membership are refused, and nothing has changed

// FAULT: A chip that could not be opened is skipped.
// HELD BY: nobody
// WHAT: The group succeeds: it does not know who should be a member. The chip's state has not counted a reset.
TEST_CASE("Board: a chip that is no member is in no answer, and its state has counted no reset") {
  Board<2> board;
  const Chip skipped;
  const auto before = skipped.reset_state.epoch();
  CHECK(code_of(first_of(value_in(rg::reset_all<Request>(board.group)))) == Errc{});
  CHECK(skipped.reset_state.epoch() == before);
  CHECK(skipped.mark);
}

// --- before the request ---

// FAULT: One chip's preparation fails, and those before it stay prepared.
// HELD BY: run time
// WHAT: No act is called; those before it are told `untouched`; the answer is the error of the preparation.
// TEST: Group: where a member cannot be entered, those before it are untouched, and no act is called

// FAULT: What fails while they are put back is lost.
// HELD BY: a look
// WHAT: It is counted in `later_errors()` of the first error, and the chip is quarantined.
// TEST: Group: a failure while members are put back is counted behind the first error

// FAULT: A preparation that fails half-way leaks a descriptor.
// HELD BY: nobody
// WHAT: The library does not see what prepare opened. Own it by an object.
// RULE: device_prepare_fails

// FAULT: A board that is in reset is reset again.
// HELD BY: run time
// WHAT: `out_of_order`.
// TEST: Group: in mid-reset members are neither added nor removed, and the group is not reset again

// FAULT: Another thread resets a chip at the same time.
// HELD BY: run time
// WHAT: `busy` for a `SharedResetState`. A `ResetState` takes it for a nested reset: hold the lock.
// TEST: Owners: another owner's reset is busy, calls no hook, and is no failure of the reset under way

// FAULT: Another process resets the chip at the same time.
// HELD BY: nobody
// WHAT: The state is the process's own: one is told `verified` while the other resets. Take a lock that both know.
TEST_CASE("Board: two states of one chip do not know of each other") {
  Chip here, there;
  auto scope = value_in(rg::OwnedScope<Chip>::enter(here));
  CHECK(code_of(rg::reset<ChipReset>(there)) == Errc{});
  CHECK(there.log == Log{"prepare", "done(verified)"});
  CHECK(code_of(scope.finish(Error(Errc::busy, 0, "the test ends"))) == Errc::busy);
}

// --- the request ---

// FAULT: The request's failure is logged and dropped.
// HELD BY: compiler
// WHAT: A Status: *it may be a failure; use RESET_GUARD_TRY, RESET_GUARD_CHECK or failed()*. An int: the witness.
// RULE: result_looked_at

// FAULT: The request succeeds, and its field `result` is not read.
// HELD BY: run time
// WHAT: The witness of each chip looks: `io` for the one that was not reset.
// TEST: Group: a member that was not reset is quarantined, and the others are verified, in each order

// FAULT: 'The node exists' is taken for 'was reset'.
// HELD BY: nobody
// WHAT: The library calls the witness, and does not know what it looks at.
// RULE: step_witness_looks

// FAULT: The driver is believed, and nothing is looked at.
// HELD BY: a look
// WHAT: Done is told `claimed`, and not `verified`; the evidence is `claimed()`.
TEST_CASE("Board: a request without a witness is told as claimed") {
  Board<2> board;
  auto answers = value_in(rg::reset_all<Believed>(board.group));
  for (std::size_t i = 0; i != 2; ++i) {
    CHECK(value_in(answers.take(i)).claimed());
    CHECK(board.chips[i].log.back() == "done(claimed)");
  }
}

// FAULT: A request that times out is a success.
// HELD BY: run time
// WHAT: The act may pass over it; the witness decides.
TEST_CASE("Board: an act that passes over a timeout is no evidence for a chip that kept its mark") {
  Board<2> board;
  auto answers = value_in(rg::reset_all<Attempts>(board.group, [&](Chips&) {
    board.chips[0].mark = false;
    rg::Status(Error(Errc::timed_out, -110, "request")).discard("no answer is its answer");
    return rg::ok();
  }));
  CHECK(code_of(answers.take(0)) == Errc{});
  CHECK(code_of(answers.take(1)) == Errc::io);
}

// FAULT: The timeout is counted in the wrong units.
// HELD BY: compiler
// WHAT: A clock of `std::chrono` takes no bare numbers: *no matching function*. One that counts integers: nobody.
TEST_CASE("Board: a timeout without units does not compile, for a clock that has them") {
  STATIC_REQUIRE(waits_for<Clock, std::chrono::seconds>);
  STATIC_REQUIRE_FALSE(waits_for<Clock, int>);
}

// FAULT: An exception from the request is swallowed.
// HELD BY: run time
// WHAT: It passes on; each chip is told `failed`, and the group is free. One that the act catches: the witness.
// TEST: Group: an exception from the act leaves each member failed, and the group free

// FAULT: The device comes back as another object, and the old one is destroyed in mid-reset.
// HELD BY: run time
// WHAT: Trap: *a device's reset state was destroyed in mid-reset: end its scopes first*.
TEST_CASE("Board: a chip that is destroyed in mid-reset stops the program") {
  const auto death = in_child([] {
    auto* gone = new Chip;
    rg::ResetGroup<Chip, 1> group;
    code_of(group.add(*gone));
    code_of(rg::reset_all<Attempts>(group, [&](Chips&) {
      delete gone;
      return rg::ok();
    }));
  });
  CHECK(death.trapped);
  CHECK(death.rule == "a device's reset state was destroyed in mid-reset: end its scopes first");
}

// FAULT: A chip that appears in mid-reset is used at once.
// HELD BY: run time
// WHAT: `join()` fences it until the end; it is told `untouched`, and its answer is `unsupported`.
// TEST: Group: a device that joins in mid-reset is fenced until the end, and untouched

// FAULT: A chip that has gone in mid-reset is a success.
// HELD BY: run time
// WHAT: `leave()` ends it as `failed`, for its reason; without it the witness looks at a chip that is not there.
// TEST: Group: a member that leaves in mid-reset is failed at once, for its reason

// FAULT: A scope of one chip is opened inside the group's, and forgotten.
// HELD BY: run time
// WHAT: It ends as `abandoned`: that chip's answer is `unresolved_failure`.
TEST_CASE("Board: a scope of a chip that is forgotten inside the group's is a failure of that chip alone") {
  Board<2> board;
  auto answers = value_in(rg::reset_all<Attempts>(board.group, [&](Chips& chips) {
    {
      auto forgotten = value_in(rg::OwnedScope<Chip>::enter(board.chips[0]));
    }
    for (Chip& chip : chips) chip.mark = false;
    return rg::ok();
  }));
  CHECK(code_of(answers.take(0)) == Errc::unresolved_failure);
  CHECK(code_of(answers.take(1)) == Errc{});
}

// --- another attempt ---

// FAULT: Another attempt prepares again.
// HELD BY: run time
// WHAT: `attempts` are between the same prepare and done.
// TEST: Group: another attempt is for the members that failed, between the same prepare and done

// FAULT: Another attempt resets the chips that were reset, and others use.
// HELD BY: run time
// WHAT: The act's range is those that are still due.
// TEST: Group: another attempt is for the members that failed, between the same prepare and done

// FAULT: The processes are told 'ready' between the attempts.
// HELD BY: run time
// WHAT: No done is called before the last attempt.
TEST_CASE("Board: no done is called between two attempts") {
  Board<2> board;
  int acts = 0;
  auto answers = value_in(rg::reset_all<Attempts>(board.group, [&](Chips& chips) {
    for (const Chip& chip : board.chips) CHECK(chip.log == Log{"prepare"});
    if (++acts == 2) {
      for (Chip& chip : chips) chip.mark = false;
    }
    return rg::ok();
  }));
  CHECK(acts == 2);
  CHECK(code_of(first_of(std::move(answers))) == Errc{});
}

// --- what the chips answer ---

// FAULT: The processes are told 'ready' after a request that failed.
// HELD BY: run time
// WHAT: Each done is told `failed`.
// TEST: Group: an act that fails is a failure of each member

// FAULT: One chip of 32 fails, and all are told 'failed'.
// HELD BY: run time
// WHAT: Each done is told its own outcome.
TEST_CASE("Board: where one chip of 32 fails, it alone is told so") {
  Board<32> board;
  board.chips[17].hangs = true;
  CHECK(code_of(first_of(value_in(rg::reset_all<Request>(board.group)))) == Errc::io);
  for (const Chip& chip : board.chips) {
    CHECK(chip.log.back() == (&chip == &board.chips[17] ? "done(failed)" : "done(verified)"));
  }
}

// FAULT: Done is told `failed`, and tells the processes 'ready'.
// HELD BY: nobody
// WHAT: The library tells done the outcome, and does not see what done does with it.
// RULE: device_done_failed

// FAULT: Done's own failure is dropped.
// HELD BY: run time
// WHAT: It is that chip's answer, and the chip is quarantined.
TEST_CASE("Board: a failure of a chip's done is its answer, and the chip is quarantined") {
  Board<2> board;
  board.chips[1].done_error = Errc::timed_out;
  auto answers = value_in(rg::reset_all<Request>(board.group));
  CHECK(code_of(answers.take(0)) == Errc{});
  CHECK(code_of(answers.take(1)) == Errc::timed_out);
  CHECK(board.chips[1].reset_state.quarantined());
}

// FAULT: Done lifts the fence, and then fails.
// HELD BY: a look
// WHAT: Done returns `unfenced`; `worst_of()` answers with it before all others, and `unfenced()` stays.
// TEST: Group: worst_of() answers with the member that has no fence

// FAULT: In a loop, the success of chip 1 hides the failure of chip 0.
// HELD BY: compiler
// WHAT: *it would drop the old answer; use a new variable*. The natural loop answers with the failure in both orders.
TEST_CASE("Board: in a loop over the chips the failure is the answer, in both orders") {
  for (const bool bad_first : {true, false}) {
    Chip bad, good;
    bad.hangs = true;
    CHECK(reset_each(bad_first ? std::vector{&bad, &good} : std::vector{&good, &bad}) == Errc::io);
    CHECK(bad.reset_state.quarantined());
    CHECK_FALSE(good.reset_state.quarantined());
  }
}

// FAULT: The verdict of another chip is handed in.
// HELD BY: run time
// WHAT: `invalid_evidence`, and the chip is quarantined.
TEST_CASE("Board: the verdict of another chip is refused") {
  Chip chip, other;
  auto scope = value_in(rg::OwnedScope<Chip>::enter(chip));
  CHECK(code_of(scope.finish(rg::reset<ChipReset>(other))) == Errc::invalid_evidence);
  CHECK(chip.reset_state.quarantined());
}

// FAULT: A later failure hides the first.
// HELD BY: run time
// WHAT: `first_of()` answers with the first, and counts the others.
// TEST: Group: first_of() answers with the first failure, and counts the others

// FAULT: A chip's verdict is logged, and the board answers with a success.
// HELD BY: compiler
// WHAT: In strict mode answers that nobody takes are an *unused variable*. One that is taken and only logged: a look.
// RULE: group_together

// --- afterwards ---

// FAULT: The scope is finished by another thread.
// HELD BY: run time
// WHAT: `busy` for a `SharedResetState`, until `hand_over()`.
// RULE: owner_finish

// FAULT: A quarantined chip is used.
// HELD BY: nobody
// WHAT: Nothing stands between the driver and the chip's registers. Ask `quarantined()`.
// RULE: quarantine_use

// FAULT: Another thread asks `quarantined()` while a reset changes it.
// HELD BY: nobody
// WHAT: A data race with a `ResetState`. A `SharedResetState` may be asked at any time.
// TEST: Threads: quarantine, reset and depth may be asked for while another thread resets

// FAULT: The quarantine dies with the process, and the fence does not.
// HELD BY: a look
// WHAT: A state is made from what was recorded. Nobody sees that it was not recorded.
// TEST: A state that is built with a reason is quarantined for it, and no hook was called
