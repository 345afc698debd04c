// A step that is run for one of several things: what is the same step then, and what is evidence for each of them.
#include "failures.hpp"

#include <array>
#include <type_traits>

using namespace core_test;

namespace {

struct Chip {
  int number;
  Errc error{};  // what its reset fails with
  bool can_be_seen = true;
};

struct Board : Device {
  std::array<Chip, 3> chips{{{0}, {1}, {2}}};

  Chip& operator[](std::size_t number) { return chips[number]; }
};
using BoardScope = rg::ResetScope<Board>;
using BoardOwned = rg::OwnedScope<Board>;

struct ChipReset : rg::ResetStep<ChipReset> {
  static rg::Status act(Board& board, const Chip& chip) {
    board.log.push_back("chip " + std::to_string(chip.number));
    if (chip.error != Errc{}) return Error(chip.error, -chip.number, "chip");
    return rg::ok();
  }
  struct Witness {
    bool can_be_seen;
    Witness(Board&, const Chip& chip) : can_be_seen(chip.can_be_seen) {}
    rg::Result<bool> check(Board&) const { return can_be_seen; }
  };
};

// What else is on the board: no test lets it fail.
struct BoardReset : rg::ResetStep<BoardReset> {
  using Witness = Satisfied;
  static rg::Verdict<BoardReset> in(BoardScope& scope) { return pass_if(scope, rg::ok(), Witness()); }
};

struct Initialise : rg::Step<Initialise> {
  static rg::Status act(Board&, Errc error) {
    if (error != Errc{}) return Error(error, 0, "initialise");
    return rg::ok();
  }
  static rg::Verdict<Initialise> in(BoardScope& scope, Errc error = {}) {
    return pass_if(scope, act(scope.device(), error));
  }
};

// A reset with `inside`, which ends with evidence of the board.
template <class Inside>
Errc board_reset(Board& board, Inside inside) {
  return code_of(rg::reset(board, [&](BoardScope& scope) -> rg::Verdict<BoardReset> {
    inside(scope);
    return BoardReset::in(scope);
  }));
}

// The reset of one chip, by its address. The error is thrown away.
void try_chip(BoardScope& scope, std::size_t number, Errc error = {}) {
  Chip& chip = scope.device()[number];
  chip.error = error;
  drop(ChipReset::run_for(scope, &chip, chip));
}

template <class To, class From>
constexpr bool proves = std::is_convertible_v<From&&, To>;

}  // namespace

// --- one failure, and what resolves it ---

TEST_CASE("One chip's reset does not resolve another's failure, before it or after it") {
  for (std::size_t fails : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
    INFO(fails);
    Board board;
    CHECK(board_reset(board, [=](BoardScope& scope) {
            for (std::size_t i = 0; i != 3; ++i) try_chip(scope, i, i == fails ? Errc::timed_out : Errc{});
          }) == Errc::unresolved_failure);
  }
}

TEST_CASE("A chip that is tried again resolves its own failure, whatever the others did between") {
  Board board;
  CHECK(board_reset(board, [](BoardScope& scope) {
          try_chip(scope, 0, Errc::timed_out);
          try_chip(scope, 1);
          try_chip(scope, 0);
        }) == Errc{});
}

TEST_CASE("Chips that fail one after another, and are each tried again at once, are all resolved") {
  Board board;
  CHECK(board_reset(board, [](BoardScope& scope) {
          for (std::size_t i = 0; i != 3; ++i) {
            try_chip(scope, i, Errc::timed_out);
            try_chip(scope, i);
          }
        }) == Errc{});
}

TEST_CASE("Two chips that failed at one level cannot be resolved there any more, as two steps cannot") {
  Board board;
  CHECK(board_reset(board, [](BoardScope& scope) {
          try_chip(scope, 0, Errc::timed_out);
          try_chip(scope, 1, Errc::timed_out);
          try_chip(scope, 0);
          try_chip(scope, 1);
        }) == Errc::unresolved_failure);
}

TEST_CASE("One chip that fails twice has one failure, which its third try resolves") {
  Board board;
  CHECK(board_reset(board, [](BoardScope& scope) {
          try_chip(scope, 0, Errc::timed_out);
          try_chip(scope, 0, Errc::io);
          try_chip(scope, 0);
        }) == Errc{});
}

TEST_CASE("A step that passes without a key resolves no failure for one") {
  Board board;
  CHECK(board_reset(board, [](BoardScope& scope) {
          drop(Initialise::run_for(scope, 0, Errc::io));
          drop(Initialise::run(scope, Errc{}));
          drop(Initialise::in(scope));
        }) == Errc::unresolved_failure);
}

TEST_CASE("A step that passes for one thing resolves no failure without a key, not even for the thing 0") {
  Board board;
  CHECK(board_reset(board, [](BoardScope& scope) {
          drop(Initialise::run(scope, Errc::io));
          drop(Initialise::run_for(scope, 0, Errc{}));
          drop(Initialise::run_for(scope, 1, Errc{}));
        }) == Errc::unresolved_failure);
}

TEST_CASE("Another step with the same key resolves nothing") {
  Board board;
  CHECK(board_reset(board, [](BoardScope& scope) {
          drop(Initialise::run_for(scope, 7, Errc::io));
          drop(ChipReset::run_for(scope, 7, scope.device()[0]));
        }) == Errc::unresolved_failure);
}

TEST_CASE("A chip's failure is resolved by a retry in a deeper scope") {
  Board board;
  CHECK(board_reset(board, [](BoardScope& scope) {
          try_chip(scope, 0, Errc::timed_out);
          drop(rg::reset(scope.device(), [](BoardScope& inner) -> rg::Verdict<BoardReset> {
            try_chip(inner, 0);
            return BoardReset::in(inner);
          }));
        }) == Errc{});
}

TEST_CASE("A chip's failure can be overruled by its error") {
  Board board;
  board[0].error = Errc::io;
  CHECK(board_reset(board, [](BoardScope& scope) {
          Chip& chip = scope.device()[0];
          CHECK(code_of(scope.overrule(error_in(ChipReset::run_for(scope, &chip, chip)))) == Errc{});
        }) == Errc{});
}

// --- keys ---

TEST_CASE("A key may be a number, an enumerator or a pointer") {
  enum class Lane { first, second };
  Board board;
  const auto resolves = [&](auto&& failed, auto&& passed) {
    return board_reset(board, [&](BoardScope& scope) {
             drop(Initialise::run_for(scope, failed, Errc::io));
             drop(Initialise::run_for(scope, passed, Errc{}));
           }) == Errc{};
  };
  CHECK(resolves(3, 3));
  CHECK_FALSE(resolves(3, 4));
  CHECK(resolves(Lane::second, Lane::second));
  CHECK_FALSE(resolves(Lane::second, Lane::first));
  CHECK(resolves(&board[1], &board[1]));
  CHECK_FALSE(resolves(&board[1], &board[2]));
  const Chip& constant = board[1];
  CHECK(resolves(&board[1], &constant));
}

TEST_CASE("A number is a key by its value, whatever its type and sign") {
  Board board;
  CHECK(board_reset(board, [](BoardScope& scope) {
          drop(Initialise::run_for(scope, std::uint8_t{200}, Errc::io));
          drop(Initialise::run_for(scope, std::intptr_t{200}, Errc{}));
          drop(Initialise::run_for(scope, -1, Errc::io));
          drop(Initialise::run_for(scope, -1L, Errc{}));
        }) == Errc{});
}

TEST_CASE("A step that is run for each of a range passes for each, in their order, under one fence") {
  Board board;
  CHECK(code_of(rg::reset(
            board, [](BoardScope& scope) { return ChipReset::run_for_each(scope, scope.device().chips); })) == Errc{});
  CHECK(board.log == Log{"prepare", "chip 0", "chip 1", "chip 2", "done(verified)"});
}

TEST_CASE("A loop over all stops at the first that fails, with its error") {
  Board board;
  board[1].error = Errc::timed_out;
  const Error error = error_in(
      rg::reset(board, [](BoardScope& scope) { return ChipReset::run_for_each(scope, scope.device().chips); }));
  CHECK(error.code() == Errc::timed_out);
  CHECK(error.native() == -1);
  CHECK(board.log == Log{"prepare", "chip 0", "chip 1", "done(failed)"});
}

TEST_CASE("A loop that failed and is tried again over all resolves the failure of the one that had failed") {
  Board board;
  board[1].error = Errc::timed_out;
  CHECK(code_of(rg::reset(board, [](BoardScope& scope) {
          drop(ChipReset::run_for_each(scope, scope.device().chips));
          scope.device()[1].error = Errc{};
          return ChipReset::run_for_each(scope, scope.device().chips);
        })) == Errc{});
}

TEST_CASE("A loop over others resolves no failure") {
  Board board;
  CHECK(board_reset(board, [](BoardScope& scope) {
          try_chip(scope, 2, Errc::timed_out);
          std::array<Chip, 2> others{{{0}, {1}}};
          drop(ChipReset::run_for_each(scope, others));
        }) == Errc::unresolved_failure);
}

TEST_CASE("A loop over nothing fails, and is evidence of nothing") {
  Board board;
  const Error error =
      error_in(rg::reset(board, [](BoardScope& scope) { return ChipReset::run_for_each(scope, std::vector<Chip>()); }));
  CHECK(error.code() == Errc::invalid);
  CHECK(board.log == Log{"prepare", "done(failed)"});
}

TEST_CASE("A loop over nothing whose error is thrown away is not forgotten") {
  Board board;
  CHECK(board_reset(board, [](BoardScope& scope) { drop(ChipReset::run_for_each(scope, std::vector<Chip>())); }) ==
        Errc::unresolved_failure);
  CHECK(board.reset_state.quarantine_reason().cause() == Errc::invalid);
}

TEST_CASE("A loop over nothing by a reset step makes older evidence void") {
  Board board;
  CHECK(code_of(rg::reset(board, [](BoardScope& scope) -> rg::Verdict<BoardReset> {
          RESET_GUARD_TRY(auto before, BoardReset::in(scope));
          RESET_GUARD_CHECK(scope.overrule(error_in(ChipReset::run_for_each(scope, std::vector<Chip>()))));
          return before;
        })) == Errc::invalid_evidence);
}

TEST_CASE("Evidence for one is no evidence for each, and for each is none for one") {
  using One = rg::Evidence<ChipReset>;
  using Each = rg::Evidence<rg::each_of<ChipReset>>;
  STATIC_REQUIRE_FALSE(proves<Each, One>);
  STATIC_REQUIRE_FALSE(proves<One, Each>);
  STATIC_REQUIRE_FALSE(proves<Each, rg::Evidence<ChipReset, BoardReset>>);
  STATIC_REQUIRE_FALSE(proves<Each, rg::Evidence<rg::each_of<BoardReset>>>);
  STATIC_REQUIRE(proves<Each, rg::Evidence<BoardReset, rg::each_of<ChipReset>>>);
}

namespace {
struct WholeBoard : rg::ResetStep<WholeBoard> {
  using proved_by = rg::any_of<rg::each_of<ChipReset>, BoardReset>;
};
}  // namespace

TEST_CASE("A step may be proved by another one's evidence for each, and not by that for one") {
  STATIC_REQUIRE(proves<rg::Evidence<WholeBoard>, rg::Evidence<rg::each_of<ChipReset>>>);
  STATIC_REQUIRE_FALSE(proves<rg::Evidence<WholeBoard>, rg::Evidence<ChipReset>>);
}

TEST_CASE("A loop of which one thing shows nothing is a claim, whichever it is") {
  for (std::size_t hidden : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
    INFO(hidden);
    Board board;
    board[hidden].can_be_seen = false;
    CHECK(value_in(rg::reset(board, [](BoardScope& scope) {
            return ChipReset::run_for_each(scope, scope.device().chips);
          })).claimed());
    CHECK(board.log.back() == "done(claimed)");
  }
}

TEST_CASE("A loop of which each shows its reset is no claim") {
  Board board;
  CHECK_FALSE(value_in(rg::reset(board, [](BoardScope& scope) {
                return ChipReset::run_for_each(scope, scope.device().chips);
              })).claimed());
}

TEST_CASE("A loop may be over numbers, which are keys and arguments by their value") {
  struct Port : rg::Step<Port> {
    static rg::Status act(Board& board, int port, const std::string& what) {
      board.log.push_back(what + std::to_string(port));
      return port == 2 ? fails_with(Errc::io) : rg::ok();
    }
  };
  Board board;
  CHECK(board_reset(board, [](BoardScope& scope) {
          const int ports[] = {1, 2};
          drop(Port::run_for_each(scope, ports, "port "));
          drop(Port::run_for(scope, 1, 1, "port "));
        }) == Errc::unresolved_failure);
  CHECK(board.log == Log{"prepare", "port 1", "port 2", "port 1", "done(failed)"});
}

namespace {

// Loses patience with chip 1, and names the failure.
struct Retrying : rg::ResetStep<Retrying> {
  static rg::Status act(BoardScope& scope, const Chip& chip) {
    if (chip.number == 1) return scope.overrule(error_in(ChipReset::run(scope, Chip{9, Errc::io})));
    return rg::ok();
  }
  using Witness = Satisfied;
};

}  // namespace

TEST_CASE("Evidence for each is as old as its oldest piece") {
  Board board;
  CHECK(code_of(rg::reset(board, [](BoardScope& scope) {
          return Retrying::run_for_each(scope, scope.device().chips);
        })) == Errc::invalid_evidence);
}

TEST_CASE("Evidence for each is void after the failure of one of them that was tried again") {
  Board board;
  CHECK(code_of(rg::reset(board, [](BoardScope& scope) -> rg::Verdict<rg::each_of<ChipReset>> {
          RESET_GUARD_TRY(auto each, ChipReset::run_for_each(scope, scope.device().chips));
          scope.device()[0].error = Errc::io;
          RESET_GUARD_CHECK(scope.overrule(error_in(ChipReset::run_for(scope, 9, scope.device()[0]))));
          return each;
        })) == Errc::invalid_evidence);
}
