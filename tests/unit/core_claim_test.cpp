// A claim: a reset that nothing has shown. What it ends as, what it lifts, and what it is worth beside other evidence.
#include "witnesses.hpp"

#include <type_traits>

using namespace core_test;

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
