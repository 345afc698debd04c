// A reset step made from act() and its Witness: what shows a reset, and what is only a claim.
#include "failures.hpp"

#include <type_traits>

using namespace core_test;

namespace {

// What its steps do is in its fields.
struct Nic : Device {
  Errc act_error{};
  Errc witness_error{};
  bool can_be_seen = true;
  int planted = 0;

  rg::Status act(const char* what) {
    log.push_back(what);
    return status(act_error, -5, "act");
  }
  static rg::Status status(Errc code, int native, rg::Literal where) {
    if (code != Errc{}) return Error(code, native, where);
    return rg::ok();
  }
};
using NicScope = rg::ResetScope<Nic>;
using NicOwned = rg::OwnedScope<Nic>;

// Shows its reset.
struct Shown : rg::ResetStep<Shown> {
  static rg::Status act(Nic& nic) { return nic.act("act"); }
  struct Witness {
    explicit Witness(Nic& nic) { nic.log.push_back("look"); }
    rg::Status check(Nic& nic) const {
      nic.log.push_back("check");
      return Nic::status(nic.witness_error, -7, "witness");
    }
  };
  static rg::Verdict<Shown> by_hand(NicScope& scope, rg::Status status) {
    return pass_if(scope, std::move(status), Witness(scope.device()));
  }
};

// Shows it where there is something to see.
struct Perhaps : rg::ResetStep<Perhaps> {
  static rg::Status act(Nic& nic) { return nic.act("act"); }
  struct Witness {
    explicit Witness(Nic&) {}
    rg::Result<bool> check(Nic& nic) const {
      if (nic.witness_error != Errc{}) return Error(nic.witness_error, -7, "witness");
      return nic.can_be_seen;
    }
  };
};

// Never shows it.
struct Claimed : rg::ResetStep<Claimed> {
  static rg::Status act(Nic& nic) { return nic.act("claim"); }
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "there is nothing to read";
  };
  static rg::Verdict<Claimed> in(NicScope& scope) { return pass(scope); }
  static rg::Verdict<Claimed> if_ok(NicScope& scope, rg::Status status) { return pass_if(scope, std::move(status)); }
};

struct Ready : rg::Step<Ready> {
  static rg::Status act(Nic& nic) { return nic.act("ready"); }
};

// Either way is a reset.
struct AnyWay : rg::ResetStep<AnyWay> {
  using proved_by = rg::any_of<Shown, Claimed>;
};

// How a verdict is, which must be evidence.
template <class... S>
bool is_claim(rg::Verdict<S...> verdict) {
  return value_in(std::move(verdict)).claimed();
}

void quarantine(Nic& nic) {
  nic.act_error = Errc::timed_out;
  CHECK(code_of(Shown::run(nic)) == Errc::timed_out);
  nic.act_error = Errc{};
  nic.log.clear();
  REQUIRE(nic.reset_state.quarantined());
}

// The last that a device's done was told.
std::string told(const Nic& nic) { return nic.log.empty() ? "" : nic.log.back(); }

}  // namespace

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

// --- claims ---

TEST_CASE("A reset that a witness has shown is no claim, and one that nothing can show is one") {
  Nic nic;
  CHECK_FALSE(is_claim(Shown::run(nic)));
  CHECK(told(nic) == "done(verified)");
  CHECK(is_claim(Claimed::run(nic)));
  CHECK(told(nic) == "done(claimed)");
}

TEST_CASE("A claim ends as claimed, whichever way its step was written") {
  Nic nic;
  CHECK(is_claim(rg::reset(nic, [](NicScope& scope) -> rg::Verdict<Claimed> { return Claimed::in(scope); })));
  CHECK(told(nic) == "done(claimed)");
  CHECK(is_claim(rg::reset(nic, [](NicScope& scope) { return Claimed::if_ok(scope, rg::ok()); })));
  CHECK(told(nic) == "done(claimed)");
  NicOwned scope = value_in(NicOwned::enter(nic));
  CHECK(is_claim(scope.finish(Claimed::in(scope))));
  CHECK(told(nic) == "done(claimed)");
}

TEST_CASE("A witness that had nothing to look at makes a claim, and one that had does not") {
  Nic nic;
  CHECK_FALSE(is_claim(Perhaps::run(nic)));
  CHECK(told(nic) == "done(verified)");
  nic.can_be_seen = false;
  CHECK(is_claim(Perhaps::run(nic)));
  CHECK(told(nic) == "done(claimed)");
  nic.witness_error = Errc::gone;
  CHECK(code_of(Perhaps::run(nic)) == Errc::gone);
  CHECK(told(nic) == "done(failed)");
}

TEST_CASE("An act that fails is no claim") {
  Nic nic;
  nic.act_error = Errc::io;
  CHECK(code_of(Claimed::run(nic)) == Errc::io);
  CHECK(told(nic) == "done(failed)");
}

TEST_CASE("A claim is no quarantine") {
  Nic nic;
  CHECK(code_of(Claimed::run(nic)) == Errc{});
  CHECK_FALSE(nic.reset_state.quarantined());
  CHECK_FALSE(nic.reset_state.in_reset());
}

TEST_CASE("A claim lifts no quarantine: the reset fails as not shown, and the device stays fenced") {
  Nic nic;
  quarantine(nic);
  const Error error = error_in(Claimed::run(nic));
  CHECK(error.code() == Errc::not_shown);
  CHECK(nic.log == Log{"prepare", "claim", "done(failed)"});
  CHECK(nic.reset_state.quarantined());
  CHECK_FALSE(nic.reset_state.unfenced());
  CHECK(nic.blocked);
}

TEST_CASE("A claim over a quarantine is the quarantine's reason, as any failed reset is") {
  Nic nic;
  quarantine(nic);
  drop(Claimed::run(nic));
  CHECK(nic.reset_state.quarantine_reason().code() == Errc::not_shown);
}

TEST_CASE("A claim over a device that is not fenced either leaves it quarantined, and fences it") {
  Nic nic;
  nic.done_error = Errc::unfenced;
  nic.act_error = Errc::io;
  drop(Shown::run(nic));
  nic.done_error = nic.act_error = Errc{};
  REQUIRE(nic.reset_state.unfenced());
  CHECK(code_of(Claimed::run(nic)) == Errc::not_shown);
  CHECK(nic.reset_state.quarantined());
  CHECK_FALSE(nic.reset_state.unfenced());
}

TEST_CASE("After a claim that lifted no quarantine a reset that is shown does") {
  Nic nic;
  quarantine(nic);
  drop(Claimed::run(nic));
  CHECK(code_of(Shown::run(nic)) == Errc{});
  CHECK_FALSE(nic.reset_state.quarantined());
  CHECK(is_claim(Claimed::run(nic)));
}

TEST_CASE("A nested claim under quarantine is no failure: what the reset around it shows counts") {
  Nic nic;
  quarantine(nic);
  const auto handler = [](NicScope& scope) -> rg::Verdict<Claimed, Shown> {
    RESET_GUARD_TRY(auto claim, Claimed::run(scope));
    RESET_GUARD_TRY(auto shown, Shown::run(scope));
    return rg::join(std::move(claim), std::move(shown));
  };
  CHECK(code_of(rg::reset(nic, handler)) == Errc{});
  CHECK(told(nic) == "done(verified)");
  CHECK_FALSE(nic.reset_state.quarantined());
}

TEST_CASE("Claims that nest stay claims") {
  Nic nic;
  const auto handler = [](NicScope& outer) {
    return rg::reset(outer.device(), [](NicScope& middle) { return Claimed::run(middle); });
  };
  CHECK(is_claim(rg::reset(nic, handler)));
  CHECK(told(nic) == "done(claimed)");
}

TEST_CASE("A claim is one before the scope around it ends, and after") {
  Nic nic;
  const auto handler = [](NicScope& scope) -> rg::Verdict<Claimed> {
    RESET_GUARD_TRY(auto claim, Claimed::run(scope));
    CHECK(claim.claimed());
    return claim;
  };
  CHECK(is_claim(rg::reset(nic, handler)));
}

TEST_CASE("A claim resolves an earlier failure of its step, and stays a claim") {
  Nic nic;
  const auto handler = [](NicScope& scope) {
    scope.device().act_error = Errc::timed_out;
    drop(Claimed::run(scope));
    scope.device().act_error = Errc{};
    return Claimed::run(scope);
  };
  CHECK(is_claim(rg::reset(nic, handler)));
  CHECK(told(nic) == "done(claimed)");
}

TEST_CASE("What is shown after a failure that was resolved is no claim") {
  Nic nic;
  const auto handler = [](NicScope& scope) {
    scope.device().act_error = Errc::timed_out;
    drop(Shown::run(scope));
    scope.device().act_error = Errc{};
    return Shown::run(scope);
  };
  CHECK_FALSE(is_claim(rg::reset(nic, handler)));
  CHECK(told(nic) == "done(verified)");
}

TEST_CASE("A claim over a failure that nothing resolved is an unresolved failure") {
  Nic nic;
  const auto handler = [](NicScope& scope) {
    scope.device().act_error = Errc::timed_out;
    drop(Ready::run(scope));
    scope.device().act_error = Errc{};
    return Claimed::run(scope);
  };
  const Error error = error_in(rg::reset(nic, handler));
  CHECK(error.code() == Errc::unresolved_failure);
  CHECK(error.cause() == Errc::timed_out);
  CHECK(told(nic) == "done(failed)");
}

TEST_CASE("A claim that is older than a failed reset step is refused") {
  Nic nic;
  const auto handler = [](NicScope& scope) -> rg::Verdict<Claimed> {
    RESET_GUARD_TRY(auto claim, Claimed::run(scope));
    scope.device().act_error = Errc::io;
    RESET_GUARD_CHECK(scope.overrule(error_in(Shown::run(scope))));
    return claim;
  };
  CHECK(code_of(rg::reset(nic, handler)) == Errc::invalid_evidence);
}

TEST_CASE("A claim of another device, or of an earlier reset, is refused") {
  Nic nic, other;
  CHECK(code_of(rg::reset(nic, [&](NicScope&) { return Claimed::run(other); })) == Errc::invalid_evidence);
  auto earlier = value_in(Claimed::run(other));
  CHECK(code_of(rg::reset(other, [&](NicScope&) -> rg::Verdict<Claimed> { return std::move(earlier); })) ==
        Errc::invalid_evidence);
}

TEST_CASE("A done that fails after a claim makes it a failed reset, with done's error") {
  Nic nic;
  nic.done_error = Errc::no_memory;
  CHECK(code_of(Claimed::run(nic)) == Errc::no_memory);
  CHECK(nic.log == Log{"prepare", "claim", "done(claimed)"});
  CHECK(nic.reset_state.quarantined());
}

TEST_CASE("A claim that ends out of order fails") {
  Nic nic;
  NicOwned outer = value_in(NicOwned::enter(nic));
  NicOwned inner = value_in(NicOwned::enter(nic));
  CHECK(code_of(outer.finish(Claimed::in(outer))) == Errc::out_of_order);
  CHECK(code_of(inner.finish(Claimed::in(inner))) == Errc::out_of_order);
  CHECK(told(nic) == "done(failed)");
}

// --- claims and other evidence, joined ---

namespace {

// Whether the evidence of two steps, joined in this order, is a claim; and what done was told.
template <class First, class Second>
std::string joined(Nic& nic) {
  const auto handler = [](NicScope& scope) -> rg::Verdict<First, Second> {
    RESET_GUARD_TRY(auto first, First::run(scope));
    RESET_GUARD_TRY(auto second, Second::run(scope));
    return rg::join(std::move(first), std::move(second));
  };
  const bool claim = is_claim(rg::reset(nic, handler));
  return (claim ? "a claim, " : "shown, ") + told(nic);
}

}  // namespace

TEST_CASE("A claim that is joined with what was shown is shown, in both orders") {
  Nic nic;
  CHECK(joined<Claimed, Shown>(nic) == "shown, done(verified)");
  CHECK(joined<Shown, Claimed>(nic) == "shown, done(verified)");
}

TEST_CASE("A claim that is joined with a plain step's evidence stays a claim, in both orders") {
  Nic nic;
  CHECK(joined<Claimed, Ready>(nic) == "a claim, done(claimed)");
  CHECK(joined<Ready, Claimed>(nic) == "a claim, done(claimed)");
}

TEST_CASE("Two claims are a claim, and what was shown stays shown beside a plain step") {
  Nic nic;
  nic.can_be_seen = false;
  CHECK(joined<Claimed, Perhaps>(nic) == "a claim, done(claimed)");
  CHECK(joined<Shown, Ready>(nic) == "shown, done(verified)");
  CHECK(joined<Ready, Shown>(nic) == "shown, done(verified)");
}

TEST_CASE("Of three pieces of evidence the last may be the one that is shown, or the only claim") {
  Nic nic;
  const auto shown = [](NicScope& scope) -> rg::Verdict<Ready, Claimed, Shown> {
    RESET_GUARD_TRY(auto ready, Ready::run(scope));
    RESET_GUARD_TRY(auto claim, Claimed::run(scope));
    RESET_GUARD_TRY(auto last, Shown::run(scope));
    return rg::join(std::move(ready), std::move(claim), std::move(last));
  };
  CHECK_FALSE(is_claim(rg::reset(nic, shown)));
  const auto claimed = [](NicScope& scope) -> rg::Verdict<Ready, Ready, Claimed> {
    RESET_GUARD_TRY(auto ready, Ready::run(scope));
    RESET_GUARD_TRY(auto again, Ready::run(scope));
    RESET_GUARD_TRY(auto claim, Claimed::run(scope));
    return rg::join(std::move(ready), std::move(again), std::move(claim));
  };
  CHECK(is_claim(rg::reset(nic, claimed)));
}

TEST_CASE("A claim is not shown by a plain step whose evidence was joined to it before") {
  Nic nic;
  const auto handler = [](NicScope& scope) -> rg::Verdict<Claimed, Ready, Ready> {
    RESET_GUARD_TRY(auto claim, Claimed::run(scope));
    RESET_GUARD_TRY(auto ready, Ready::run(scope));
    RESET_GUARD_TRY(auto both, rg::join(std::move(claim), std::move(ready)));
    CHECK(both.claimed());
    RESET_GUARD_TRY(auto again, Ready::run(scope));
    return rg::join(std::move(both), std::move(again));
  };
  CHECK(is_claim(rg::reset(nic, handler)));
}

TEST_CASE("A plain step's evidence is no claim") {
  Nic nic;
  CHECK(is_claim(rg::reset(nic, [](NicScope& scope) -> rg::Verdict<Claimed> {
    CHECK_FALSE(is_claim(Ready::run(scope)));
    return Claimed::in(scope);
  })));
}

TEST_CASE("Evidence that was made from a claim is a claim, and from what was shown is shown") {
  Nic nic;
  CHECK(is_claim(rg::reset(nic, [](NicScope& scope) -> rg::Verdict<AnyWay> {
    RESET_GUARD_TRY(auto claim, Claimed::run(scope));
    return claim;
  })));
  CHECK_FALSE(is_claim(rg::reset(nic, [](NicScope& scope) -> rg::Verdict<AnyWay> {
    RESET_GUARD_TRY(auto shown, Shown::run(scope));
    return shown;
  })));
}

TEST_CASE("Claims of two devices, joined, prove nothing") {
  Nic nic, other;
  CHECK(code_of(rg::join(value_in(Claimed::run(nic)), value_in(Claimed::run(other)))) == Errc::invalid_evidence);
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
  using destroys = rg::all_of<contents::registers, contents::dma, contents::device_memory, contents::cxl_memory,
                              contents::firmware>;
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
