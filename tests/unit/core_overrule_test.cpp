// overrule(): which failure it names, and from which scope.
#include "failures.hpp"

using namespace core_test;

TEST_CASE("overrule names a failure in the scope where it was recorded") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          CHECK(code_of(scope.overrule(error_in(Ack::in(scope, Errc::io)))) == Errc{});
        }).code() == Errc{});
}

TEST_CASE("overrule names a failure of the innermost scope from one around it") {
  Device device;
  CHECK(outcome_of(device, [](Scope& outer) {
          drop(nested<Flr>(outer.device(), [&](Scope& inner) {
            CHECK(code_of(outer.overrule(error_in(Ack::in(inner, Errc::io)))) == Errc{});
            return Flr::in(inner);
          }));
        }).code() == Errc{});
}

TEST_CASE("overrule names a failure that waits at its own level, while scopes inside are open") {
  Device device;
  CHECK(outcome_of(device, [](Scope& outer) {
          const Error waiting = error_in(Ack::in(outer, Errc::io));
          drop(nested<Flr>(outer.device(), [&](Scope& inner) {
            CHECK(code_of(outer.overrule(waiting)) == Errc{});
            return Flr::in(inner);
          }));
        }).code() == Errc{});
}

TEST_CASE("overrule from a scope inside is refused: it is not its failure") {
  Device device;
  CHECK(outcome_of(device, [](Scope& outer) {
          const Error waiting = error_in(Ack::in(outer, Errc::io));
          drop(nested<Flr>(outer.device(), [&](Scope& inner) {
            CHECK(code_of(inner.overrule(waiting)) == Errc::not_recorded);
            return Flr::in(inner);
          }));
        }).code() == Errc::unresolved_failure);
}

TEST_CASE("overrule from a middle scope reaches the middle's failure and not the outermost one's") {
  Device device;
  CHECK(outcome_of(device, [](Scope& outer) {
          const Error outermost_failure = error_in(Ack::in(outer, Errc::io));
          drop(nested<Flr>(outer.device(), [&](Scope& middle) {
            const Error middle_failure = error_in(Restore::in(middle, Errc::io));
            drop(nested<BusReset>(middle.device(), [&](Scope& inner) {
              CHECK(code_of(middle.overrule(outermost_failure)) == Errc::not_recorded);
              CHECK(code_of(middle.overrule(middle_failure)) == Errc{});
              return BusReset::in(inner);
            }));
            return Flr::in(middle);
          }));
          CHECK(code_of(outer.overrule(outermost_failure)) == Errc{});
        }).code() == Errc{});
}

TEST_CASE("overrule with an equal error that was never recorded is refused") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::io, -5));
          CHECK(code_of(scope.overrule(Error(Errc::io, -5, "ack"))) == Errc::not_recorded);
        }).code() == Errc::unresolved_failure);
}

TEST_CASE("overrule when nothing is pending is refused") {
  Device device;
  outcome_of(device,
             [](Scope& scope) { CHECK(code_of(scope.overrule(Error(Errc::io, 0, "x"))) == Errc::not_recorded); });
}

TEST_CASE("overrule with another device's error is refused") {
  Device device, other;
  const Error foreign = error_in(Flr::run(other, Errc::io, -5));
  CHECK(outcome_of(device, [&](Scope& scope) {
          drop(Flr::in(scope, Errc::io, -5));
          CHECK(code_of(scope.overrule(foreign)) == Errc::not_recorded);
        }).code() == Errc::unresolved_failure);
}

TEST_CASE("overrule with an earlier reset's error is refused") {
  Device device;
  const Error earlier = error_in(Flr::run(device, Errc::io, -5));
  CHECK(outcome_of(device, [&](Scope& scope) {
          drop(Flr::in(scope, Errc::io, -5));
          CHECK(code_of(scope.overrule(earlier)) == Errc::not_recorded);
        }).code() == Errc::unresolved_failure);
}

TEST_CASE("overrule with the same error twice is refused the second time") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          const Error error = error_in(Ack::in(scope, Errc::io));
          CHECK(code_of(scope.overrule(error)) == Errc{});
          CHECK(code_of(scope.overrule(error)) == Errc::not_recorded);
        }).code() == Errc{});
}

TEST_CASE("An overruled error does not overrule a failure that comes after it") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          const Error error = error_in(Ack::in(scope, Errc::io));
          CHECK(code_of(scope.overrule(error)) == Errc{});
          drop(Ack::in(scope, Errc::io));
          CHECK(code_of(scope.overrule(error)) == Errc::not_recorded);
        }).code() == Errc::unresolved_failure);
}

TEST_CASE("overrule with the second error of the same step names their one failure") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out));
          CHECK(code_of(scope.overrule(error_in(Ack::in(scope, Errc::io)))) == Errc{});
        }).code() == Errc{});
}

TEST_CASE("overrule through a scope that has ended is refused") {
  Device device;
  Owned outer = enter(device);
  Owned inner = enter(device);
  CHECK(code_of(inner.finish(Flr::in(inner))) == Errc{});
  const Error error = error_in(Ack::in(outer, Errc::io));
  CHECK(code_of(inner.overrule(error)) == Errc::out_of_order);
  CHECK(code_of(outer.finish(Flr::in(outer))) == Errc::unresolved_failure);
}

TEST_CASE("A failure can be named after it went up through three scopes") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          const Error error = error_in(nested<Resetting<3>>(scope.device(), [](Scope& third) {
            return Resetting<3>::Verdict(error_in(nested<Resetting<4>>(third.device(), [](Scope& fourth) {
              return Resetting<4>::Verdict(error_in(Resetting<5>::run(fourth.device(), Errc::io, -5)));
            })));
          }));
          CHECK(error.native() == -5);
          CHECK(error.later_errors() == 0);
          CHECK(code_of(scope.overrule(error)) == Errc{});
        }).code() == Errc{});
}

TEST_CASE("A failure that met an older one of its step on the way up is named by the error that came up") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Flr::in(scope, Errc::timed_out));
          const Error error = error_in(Flr::run(scope.device(), Errc::io));
          CHECK(code_of(scope.overrule(error)) == Errc{});
        }).code() == Errc{});
}

TEST_CASE("A failure that met another step's on the way up cannot be named") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out, -110));
          const Error error = error_in(Flr::run(scope.device(), Errc::io, -5));
          CHECK(error.native() == -5);
          CHECK(code_of(scope.overrule(error)) == Errc::not_recorded);
        }).native() == -110);
}

TEST_CASE("A failure that waits outside a verified scope is still named by its first error") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          const Error error = error_in(Ack::in(scope, Errc::io));
          drop(Flr::run(scope.device()));
          CHECK(code_of(scope.overrule(error)) == Errc{});
        }).code() == Errc{});
}
