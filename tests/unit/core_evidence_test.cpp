// What evidence proves: one device, one reset, and nothing that failed since.
#include "fixtures.hpp"

#include <memory>

using namespace core_test;

namespace {

// Evidence that a reset of `device` leaves behind.
rg::Evidence<Flr> keep_from(Device& device) {
  std::optional<rg::Evidence<Flr>> kept;
  const auto handler = [&](Scope& scope) -> BusReset::Verdict {
    kept.emplace(value_in(Flr::in(scope)));
    return BusReset::in(scope);
  };
  REQUIRE(code_of(rg::reset(device, handler)) == Errc{});
  return std::move(*kept);
}

// What a reset says to evidence that is not of its own making.
Errc offer(Device& device, rg::Evidence<Flr> evidence) {
  return code_of(rg::reset(device, [&](Scope&) -> Flr::Verdict { return std::move(evidence); }));
}

// Two ways to prove one thing.
struct Any : rg::ResetStep<Any> {
  using proved_by = rg::any_of<Flr, BusReset>;
};
struct AnyOfAny : rg::ResetStep<AnyOfAny> {
  using proved_by = rg::any_of<Any>;
};

template <class To, class From>
constexpr bool proves = std::is_convertible_v<From&&, To>;

}  // namespace

TEST_CASE("Evidence of another device is refused") {
  Device device, other;
  const auto handler = [&](Scope&) { return Flr::run(other); };
  CHECK(code_of(rg::reset(device, handler)) == Errc::invalid_evidence);
  CHECK(device.blocked);
  CHECK_FALSE(other.blocked);
}

TEST_CASE("Evidence of another device is refused while both are in reset at the same epoch") {
  Device device, other;
  Owned scope = enter(device);
  Owned other_scope = enter(other);
  CHECK(device.reset_state.epoch() == other.reset_state.epoch());
  CHECK(code_of(scope.finish(Flr::in(other_scope))) == Errc::invalid_evidence);
  CHECK(code_of(other_scope.finish(Flr::in(other_scope))) == Errc{});
}

TEST_CASE("Evidence of an earlier reset is refused") {
  Device device;
  CHECK(offer(device, keep_from(device)) == Errc::invalid_evidence);
  CHECK(device.reset_state.quarantine_reason().code() == Errc::invalid_evidence);
}

TEST_CASE("Evidence of an earlier reset is refused in a nested scope, and under quarantine") {
  Device device;
  auto first = keep_from(device);
  const auto handler = [&](Scope& scope) -> BusReset::Verdict {
    CHECK(offer(scope.device(), std::move(first)) == Errc::invalid_evidence);
    return BusReset::in(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::unresolved_failure);
  CHECK(offer(device, keep_from(device)) == Errc::invalid_evidence);
  CHECK(offer(device, keep_from(device)) == Errc::invalid_evidence);
}

TEST_CASE("Evidence of two devices, joined by join(), proves nothing for either") {
  Device device, other;
  const auto handler = [&](Scope& scope) -> rg::Verdict<Flr, BusReset> {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    RESET_GUARD_TRY(auto foreign, BusReset::run(other));
    return rg::join(std::move(flr), std::move(foreign));
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::invalid_evidence);
  const auto swapped = [&](Scope& scope) -> rg::Verdict<BusReset, Flr> {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    RESET_GUARD_TRY(auto foreign, BusReset::run(other));
    return rg::join(std::move(foreign), std::move(flr));
  };
  CHECK(code_of(rg::reset(device, swapped)) == Errc::invalid_evidence);
}

TEST_CASE("Evidence of two resets, joined by join(), proves nothing") {
  Device device;
  auto earlier = keep_from(device);
  const auto handler = [&](Scope& scope) -> rg::Verdict<Flr, BusReset> {
    RESET_GUARD_TRY(auto bus, BusReset::in(scope));
    return rg::join(std::move(earlier), std::move(bus));
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::invalid_evidence);
}

TEST_CASE("Evidence that is older than a failed reset step is refused, also when the failure was overruled") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    RESET_GUARD_CHECK(scope.overrule(error_in(BusReset::in(scope, Errc::io))));
    return flr;
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::invalid_evidence);
}

TEST_CASE("Evidence that is older than a failed nested reset is refused, also after its retry") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    BusReset::run(scope.device(), Errc::io).discard("retried");
    BusReset::run(scope.device()).discard("resolves it");
    return flr;
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::invalid_evidence);
}

TEST_CASE("Evidence older than a scope that failed without a step is refused, also when it was overruled") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    RESET_GUARD_CHECK(scope.overrule(error_in(enter(scope.device()).finish(Error(Errc::io, 0, "by hand")))));
    return flr;
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::invalid_evidence);
}

TEST_CASE("Evidence older than a nested reset that failed by a plain step is refused, also when overruled") {
  Device device;
  const auto inside = [](Scope& scope) -> rg::Verdict<Flr, Ack> { return error_in(Ack::in(scope, Errc::io)); };
  const auto handler = [&](Scope& scope) -> Flr::Verdict {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    RESET_GUARD_CHECK(scope.overrule(error_in(rg::reset(scope.device(), inside))));
    return flr;
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::invalid_evidence);
}

TEST_CASE("Evidence outlives the failure of a step that does not reset") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    RESET_GUARD_CHECK(scope.overrule(error_in(Ack::in(scope, Errc::io))));
    return flr;
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
}

TEST_CASE("Evidence of a reset that was tried again outlives the failure of the plain step around it") {
  struct Around : rg::Step<Around> {
    static rg::Status act(Scope& scope, std::optional<rg::Evidence<Flr>>& kept) {
      Flr::run(scope.device(), Errc::io).discard("tried again");
      RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
      kept.emplace(std::move(flr));
      return fails_with(Errc::timed_out);
    }
  };
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    std::optional<rg::Evidence<Flr>> kept;
    RESET_GUARD_CHECK(scope.overrule(error_in(Around::run(scope, kept))));
    return *std::move(kept);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
}

TEST_CASE("Evidence of a nested scope is evidence for the one around it") {
  Device device;
  const auto handler = [](Scope& scope) { return Flr::run(scope.device()); };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
}

TEST_CASE("The epoch goes on above 32 bits, and evidence from before is refused") {
  Device device(0xfffffffe);
  auto last = keep_from(device);
  CHECK(device.reset_state.epoch() == 0xffffffff);
  CHECK(offer(device, std::move(last)) == Errc::invalid_evidence);
  CHECK(device.reset_state.epoch() == 0x100000000);
}

TEST_CASE("A seed of more bits than the resets are counted in makes no claim, and no failure, of the evidence") {
  for (unsigned bit : {38u, 39u, 63u}) {
    INFO(bit);
    Device device(std::uint64_t{1} << bit);
    CHECK_FALSE(value_in(Flr::run(device)).claimed());
    CHECK(device.log == Log{"prepare", "done(verified)"});
  }
}

TEST_CASE("A new state with an epoch of a million resets ago and one of now know each other's evidence apart") {
  Device old(1), now(1000001);
  auto evidence = keep_from(old);
  CHECK(offer(now, std::move(evidence)) == Errc::invalid_evidence);
}

TEST_CASE("More scopes in one reset than the moments count: evidence from before is refused, and never taken") {
  Device device;
  const auto handler = [](Scope& scope) -> rg::Verdict<Flr, BusReset> {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    for (int i = 0; i != 1 << 24; ++i) Flr::run(scope.device()).discard("one more moment");
    RESET_GUARD_TRY(auto bus, BusReset::in(scope));
    return rg::join(std::move(flr), std::move(bus));
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::invalid_evidence);
  CHECK(code_of(Flr::run(device)) == Errc{});
}

TEST_CASE("Evidence of one nested reset is refused by the next one, in which no step ran") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
    return rg::reset(scope.device(), [&](Scope&) -> Flr::Verdict { return std::move(flr); });
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::invalid_evidence);
}

TEST_CASE("Evidence of a scope is refused by a scope inside it") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    return rg::reset(scope.device(), [&](Scope&) -> Flr::Verdict { return std::move(flr); });
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::invalid_evidence);
}

TEST_CASE("Evidence from before a nested reset, and that reset's, are good together for the scope around it") {
  Device device;
  const auto handler = [](Scope& scope) -> rg::Verdict<Flr, BusReset, Ack> {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    RESET_GUARD_TRY(auto bus, BusReset::run(scope.device()));
    RESET_GUARD_TRY(auto ack, Ack::in(scope));
    return rg::join(std::move(flr), std::move(bus), std::move(ack));
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
}

TEST_CASE("A nested reset that succeeds in its second try makes evidence from before the first one void") {
  Device device;
  const auto twice = [](Scope& scope) -> BusReset::Verdict {
    BusReset::in(scope, Errc::io).discard("tried again");
    return BusReset::in(scope);
  };
  const auto handler = [&](Scope& scope) -> rg::Verdict<Flr, BusReset> {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    RESET_GUARD_TRY(auto bus, rg::reset(scope.device(), twice));
    return rg::join(std::move(flr), std::move(bus));
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::invalid_evidence);
}

TEST_CASE("Evidence of two devices is a failure at once, where no scope is around it") {
  Device device, other;
  CHECK(code_of(rg::join(value_in(Flr::run(device)), value_in(Flr::run(other)))) == Errc::invalid_evidence);
}

TEST_CASE("Evidence of two resets is a failure at once, in each order") {
  Device device;
  auto first = value_in(Flr::run(device));
  auto second = value_in(BusReset::run(device));
  auto third = value_in(Flr::run(device));
  CHECK(code_of(rg::join(std::move(first), std::move(second))) == Errc::invalid_evidence);
  CHECK(code_of(rg::join(std::move(third), value_in(BusReset::run(device)))) == Errc::invalid_evidence);
}

TEST_CASE("A state that is rebuilt at the same address with the old one's epoch refuses the old one's evidence") {
  alignas(Device) unsigned char place[sizeof(Device)];
  auto* unplugged = new (place) Device;
  auto evidence = keep_from(*unplugged);
  const std::uint64_t seed = unplugged->reset_state.epoch();
  std::destroy_at(unplugged);
  auto* replugged = new (place) Device(seed);
  CHECK(offer(*replugged, std::move(evidence)) == Errc::invalid_evidence);
  std::destroy_at(replugged);
}

TEST_CASE("A step is proved by the steps that it names, and by what those are proved by, and by nothing else") {
  STATIC_REQUIRE(proves<rg::Evidence<Any>, rg::Evidence<Flr>>);
  STATIC_REQUIRE(proves<rg::Evidence<Any>, rg::Evidence<BusReset, Ack>>);
  STATIC_REQUIRE(proves<rg::Evidence<AnyOfAny>, rg::Evidence<Flr>>);
  STATIC_REQUIRE(proves<rg::Evidence<Any, Ack>, rg::Evidence<Ack, Flr>>);
  STATIC_REQUIRE_FALSE(proves<rg::Evidence<Any>, rg::Evidence<Ack>>);
  STATIC_REQUIRE_FALSE(proves<rg::Evidence<Flr>, rg::Evidence<Any>>);
  STATIC_REQUIRE_FALSE(proves<rg::Evidence<Flr, Ack>, rg::Evidence<Flr>>);
  STATIC_REQUIRE_FALSE(proves<rg::Evidence<Any, Ack>, rg::Evidence<Flr>>);
}

TEST_CASE("Evidence that was made from another step's keeps its stamp") {
  Device device;
  CHECK(code_of(rg::reset(device, [](Scope& scope) -> rg::Verdict<Any> {
          RESET_GUARD_TRY(auto flr, Flr::in(scope));
          return flr;
        })) == Errc{});
  auto earlier = keep_from(device);
  CHECK(code_of(rg::reset(device, [&](Scope&) -> rg::Verdict<Any> { return std::move(earlier); })) ==
        Errc::invalid_evidence);
}

TEST_CASE("Evidence with more steps than the verdict asks for is enough, and keeps its stamp") {
  Device device, other;
  const auto more = [](Scope& scope) -> rg::Verdict<Flr, Ack> {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    RESET_GUARD_TRY(auto ack, Ack::in(scope));
    return rg::join(std::move(flr), std::move(ack));
  };
  CHECK(code_of(rg::reset(device, [&](Scope& scope) -> Flr::Verdict {
          RESET_GUARD_TRY(auto all, more(scope));
          return all;
        })) == Errc{});
  CHECK(code_of(rg::reset(device, [&](Scope&) -> Flr::Verdict {
          RESET_GUARD_TRY(auto all, rg::reset(other, more));
          return all;
        })) == Errc::invalid_evidence);
}
