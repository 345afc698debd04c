// A reset step made from act() and its Witness, steps in order, and what a reset destroys.
#include "witnesses.hpp"

#include <type_traits>

using namespace core_test;

// --- a witness ---

TEST_CASE("A witness is made before the act, and checked after it") {
  Nic nic;
  CHECK(code_of(Shown::run(nic)) == Errc{});
  CHECK(nic.log == Log{"prepare", "look", "act", "check", "done(verified)"});
}

TEST_CASE("A witness that finds nothing reset fails the step, with the witness's error") {
  Nic nic;
  nic.witness_error = Errc::io;
  const Error error = error_in(Shown::run(nic));
  CHECK(error.code() == Errc::io);
  CHECK(error.native() == -7);
  CHECK(std::string(error.where()) == "witness");
  CHECK(told(nic) == "done(failed)");
  CHECK(nic.reset_state.quarantine_reason().native() == -7);
}

TEST_CASE("A witness's failure that is dropped is not forgotten") {
  Nic nic;
  nic.witness_error = Errc::io;
  const auto handler = [](NicScope& scope) -> rg::Verdict<Claimed> {
    drop(Shown::run(scope));
    return Claimed::in(scope);
  };
  CHECK(error_in(rg::reset(nic, handler)).cause() == Errc::io);
}

TEST_CASE("An act that fails is the step's failure, and its witness is not asked") {
  Nic nic;
  nic.act_error = Errc::timed_out;
  nic.witness_error = Errc::io;
  CHECK(code_of(Shown::run(nic)) == Errc::timed_out);
  CHECK(nic.log == Log{"prepare", "look", "act", "done(failed)"});
}

TEST_CASE("By hand, too, a witness is not asked about an act that failed, and fails the step of one that did not") {
  Nic nic;
  CHECK(code_of(rg::reset(nic, [](NicScope& scope) { return Shown::by_hand(scope, fails_with(Errc::timed_out)); })) ==
        Errc::timed_out);
  CHECK(nic.log == Log{"prepare", "look", "done(failed)"});
  nic.witness_error = Errc::io;
  CHECK(code_of(rg::reset(nic, [](NicScope& scope) { return Shown::by_hand(scope, rg::ok()); })) == Errc::io);
}

TEST_CASE("A step that is tried again has a new witness") {
  Nic nic;
  nic.witness_error = Errc::io;
  const auto handler = [](NicScope& scope) {
    drop(Shown::run(scope));
    scope.device().witness_error = Errc{};
    return Shown::run(scope);
  };
  CHECK(code_of(rg::reset(nic, handler)) == Errc{});
  CHECK(nic.log == Log{"prepare", "look", "act", "check", "look", "act", "check", "done(verified)"});
}

TEST_CASE("A witness that plants something notices a reset that did nothing") {
  struct Works : rg::ResetStep<Works> {
    static rg::Status act(Nic& nic, bool works) {
      if (works) nic.planted = 0;
      return rg::ok();
    }
    struct Witness {
      explicit Witness(NicScope& scope) {
        scope.touch();
        scope.device().planted = 42;
      }
      rg::Status check(Nic& nic) const { return Nic::status(nic.planted == 42 ? Errc::io : Errc{}, 0, "still there"); }
    };
  };
  Nic nic;
  CHECK(code_of(Works::run(nic, false)) == Errc::io);
  CHECK(code_of(Works::run(nic, true)) == Errc{});
}

TEST_CASE("A witness that cannot look fails the step with its error, and nothing is done") {
  struct Blind : rg::ResetStep<Blind> {
    static rg::Status act(Nic& nic, int) { return nic.act("act"); }
    struct Witness {
      static rg::Result<Witness> look(NicScope& scope, int error) {
        scope.device().log.push_back("look");
        if (error != 0) return Error(Errc::io, error, "look");
        return Witness();
      }
      rg::Status check(Nic& nic) const {
        nic.log.push_back("check");
        return rg::ok();
      }
    };
  };
  Nic nic;
  CHECK(error_in(Blind::run(nic, -5)).native() == -5);
  CHECK(nic.log == Log{"prepare", "look", "done(failed)"});
  nic.log.clear();
  CHECK(code_of(Blind::run(nic, 0)) == Errc{});
  CHECK(nic.log == Log{"prepare", "look", "act", "check", "done(verified)"});
}

TEST_CASE("A witness may look at what the act is called with, before it and after it") {
  struct Chip : rg::ResetStep<Chip> {
    static rg::Status act(Nic&, int) { return rg::ok(); }
    struct Witness {
      Witness(Nic& nic, int chip) { nic.log.push_back("look at " + std::to_string(chip)); }
      rg::Status check(Nic& nic, int chip) const {
        nic.log.push_back("check " + std::to_string(chip));
        return rg::ok();
      }
    };
  };
  Nic nic;
  CHECK(code_of(Chip::run(nic, 3)) == Errc{});
  CHECK(nic.log == Log{"prepare", "look at 3", "check 3", "done(verified)"});
}

TEST_CASE("After a witness that touched the device an act's 'unsupported' is already touched") {
  struct Plants : rg::ResetStep<Plants> {
    static rg::Status act(Nic&) { return fails_with(Errc::unsupported); }
    struct Witness {
      explicit Witness(NicScope& scope) { scope.touch(); }
      rg::Status check(Nic&) const { return rg::ok(); }
    };
  };
  Nic nic;
  CHECK(code_of(Plants::run(nic)) == Errc::already_touched);
  CHECK(told(nic) == "done(failed)");
}

TEST_CASE("After a witness that only looked an act's 'unsupported' leaves the device untouched") {
  Nic nic;
  nic.act_error = Errc::unsupported;
  CHECK(code_of(Shown::run(nic)) == Errc::unsupported);
  CHECK(told(nic) == "done(untouched)");
}

TEST_CASE("A witness of a step whose act takes its scope is made in that scope, and before the act") {
  struct Deep : rg::ResetStep<Deep> {
    static rg::Status act(NicScope& scope) {
      scope.device().log.push_back("at " + std::to_string(scope.depth()));
      return rg::ok();
    }
    struct Witness {
      explicit Witness(Nic& nic) { nic.log.push_back("looks at " + std::to_string(nic.reset_state.depth())); }
      rg::Status check(Nic&) const { return rg::ok(); }
    };
  };
  Nic nic;
  CHECK(code_of(rg::reset(nic, [](NicScope& scope) { return Deep::run(scope); })) == Errc{});
  CHECK(nic.log == Log{"prepare", "looks at 2", "at 2", "done(verified)"});
}

TEST_CASE("An exception that leaves a witness's check fails the reset") {
  struct Throws : rg::ResetStep<Throws> {
    static rg::Status act(Nic&) { return rg::ok(); }
    struct Witness {
      explicit Witness(Nic&) {}
      rg::Status check(Nic&) const { throw 1; }
    };
  };
  Nic nic;
  CHECK_THROWS_AS(code_of(Throws::run(nic)), int);
  CHECK(nic.log == Log{"prepare", "done(failed)"});
}

// --- steps in order, under one fence ---

TEST_CASE("reset<Steps...> runs the steps in order under one fence") {
  Nic nic;
  auto verdict = rg::reset<Shown, Ready>(nic);
  STATIC_REQUIRE(std::is_same_v<decltype(verdict), rg::Verdict<Shown, Ready>>);
  CHECK_FALSE(is_claim(std::move(verdict)));
  CHECK(nic.log == Log{"prepare", "look", "act", "check", "ready", "done(verified)"});
}

TEST_CASE("reset<Steps...> begins no step after one that failed") {
  Nic nic;
  nic.witness_error = Errc::io;
  CHECK(error_in(rg::reset<Shown, Ready>(nic)).native() == -7);
  CHECK(nic.log == Log{"prepare", "look", "act", "check", "done(failed)"});
}

TEST_CASE("reset<Steps...> fails by its last step, too") {
  Nic nic;
  struct Never : rg::Step<Never> {
    static rg::Status act(Nic&) { return fails_with(Errc::timed_out, -110, "never"); }
  };
  CHECK(error_in(rg::reset<Shown, Ready, Never>(nic)).native() == -110);
  CHECK(told(nic) == "done(failed)");
}

TEST_CASE("reset<Steps...> with one step is that step's reset, and may be a claim") {
  Nic nic;
  CHECK(is_claim(rg::reset<Claimed>(nic)));
  CHECK(nic.log == Log{"prepare", "claim", "done(claimed)"});
}

TEST_CASE("reset<Steps...> shows what one of its steps shows") {
  Nic nic;
  CHECK_FALSE(is_claim(rg::reset<Claimed, Ready, Shown>(nic)));
  CHECK(is_claim(rg::reset<Ready, Claimed>(nic)));
}

TEST_CASE("reset<Steps...> nests in a reset under way") {
  Nic nic;
  CHECK(code_of(rg::reset(nic, [](NicScope& scope) { return rg::reset<Shown, Ready>(scope.device()); })) == Errc{});
  CHECK(nic.log == Log{"prepare", "look", "act", "check", "ready", "done(verified)"});
}

// --- a step and its scope ---

TEST_CASE("A step that is run through a scope that has ended opens no reset of its own") {
  Nic nic;
  quarantine(nic);
  NicOwned scope = value_in(NicOwned::enter(nic));
  drop(scope.finish(Error(Errc::io, 0, "x")));
  nic.log.clear();
  CHECK(code_of(Ready::run(scope)) == Errc::out_of_order);
  CHECK(code_of(Ready::run_for(scope, 1)) == Errc::out_of_order);
  CHECK(code_of(Shown::run(scope)) == Errc::out_of_order);
  CHECK(nic.log.empty());
  CHECK(nic.reset_state.quarantined());
}

// --- what a reset destroys ---

namespace {

struct Mailbox {
  static constexpr rg::Literal name = "mailbox";
};
struct Scrub : rg::ResetStep<Scrub> {
  using destroys = rg::all_of<rg::contents::registers, Mailbox>;
  static rg::Status act(Nic& nic) { return nic.act("scrub"); }
  using Witness = Satisfied;
};
struct Erase : rg::Step<Erase> {
  using destroys = rg::all_of<rg::contents::device_memory>;
  static rg::Status act(Nic& nic) { return nic.act("erase"); }
};
namespace contents = rg::contents;
struct EraseAll : rg::Step<EraseAll> {
  using destroys =
      rg::all_of<contents::registers, contents::dma, contents::device_memory, contents::cxl_memory, contents::firmware>;
};

template <class S>
Log destroyed_by() {
  Log names;
  for (const char* const* name = rg::names_of_destroyed<S>(); *name != nullptr; ++name) names.push_back(*name);
  return names;
}

}  // namespace

TEST_CASE("What a step destroys has names, in their order; a step that does not say has none") {
  CHECK(destroyed_by<Scrub>() == Log{"registers", "mailbox"});
  CHECK(destroyed_by<rg::each_of<Scrub>>() == Log{"registers", "mailbox"});
  CHECK(destroyed_by<Shown>().empty());
}

TEST_CASE("The library's contents have the names that they have in the program") {
  CHECK(destroyed_by<EraseAll>() == Log{"registers", "dma", "device_memory", "cxl_memory", "firmware"});
}

TEST_CASE("A reset whose steps destroy together what is demanded is a reset as any") {
  Nic nic;
  using Demand = rg::all_of<rg::contents::registers, rg::contents::device_memory>;
  CHECK(code_of(rg::reset_for<Demand, Scrub, Erase>(nic)) == Errc{});
  CHECK(nic.log == Log{"prepare", "scrub", "erase", "done(verified)"});
}

TEST_CASE("A handler whose verdict destroys what is demanded is called for it") {
  Nic nic;
  using Demand = rg::all_of<Mailbox>;
  CHECK(code_of(rg::reset_for<Demand>(nic, [](NicScope& scope) { return Scrub::run(scope); })) == Errc{});
  CHECK(nic.log == Log{"prepare", "scrub", "done(verified)"});
  nic.act_error = Errc::io;
  CHECK(code_of(rg::reset_for<Demand>(nic, [](NicScope& scope) { return Scrub::run(scope); })) == Errc::io);
}
