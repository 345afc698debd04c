// 'Unsupported' is an answer only while nothing was touched; after that it is a failure, touched.
#include "fixtures.hpp"

using namespace core_test;

namespace {

Flr::Verdict unsupported() { return Error(Errc::unsupported, -25, "not mine"); }

// `nested` handlers inside each other, the innermost says unsupported; each hands up what it got.
Flr::Verdict unsupported_at(Device& device, int depth) {
  return rg::reset(device, [=](Scope& scope) -> Flr::Verdict {
    return depth == 1 ? unsupported() : unsupported_at(scope.device(), depth - 1);
  });
}

// In an outer reset: the answer of a nested handler, then a verified reset.
Errc then_another(Device& device, Errc& inner, Flr::Verdict (*handler)(Scope&)) {
  return code_of(rg::reset(device, [&](Scope& scope) -> BusReset::Verdict {
    inner = code_of(rg::reset(scope.device(), handler));
    return BusReset::in(scope);
  }));
}

}  // namespace

TEST_CASE("Unsupported from an untouched device puts back what was there, at depth 1, 2 and 3") {
  for (int depth : {1, 2, 3}) {
    INFO(depth);
    Device device;
    const Error error = error_in(unsupported_at(device, depth));
    CHECK(error.code() == Errc::unsupported);
    CHECK(error.native() == -25);
    CHECK(device.log == Log{"prepare", "done(untouched)"});
    CHECK_FALSE(device.reset_state.quarantined());
    CHECK_FALSE(device.blocked);
  }
}

TEST_CASE("Unsupported that a step says through fail() is not recorded either") {
  Device device;
  Errc inner{};
  CHECK(then_another(device, inner, [](Scope& scope) { return Flr::in(scope, Errc::unsupported); }) == Errc{});
  CHECK(inner == Errc::unsupported);
}

TEST_CASE("A nested unsupported is no failure of the outer reset") {
  Device device;
  Errc inner{};
  CHECK(then_another(device, inner, [](Scope&) { return unsupported(); }) == Errc{});
  CHECK(inner == Errc::unsupported);
  CHECK(device.log == Log{"prepare", "done(verified)"});
}

TEST_CASE("Unsupported after a step was done is touched") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    RESET_GUARD_TRY([[maybe_unused]] auto ack, Ack::in(scope));
    return unsupported();
  };
  const Error error = error_in(rg::reset(device, handler));
  CHECK(error.code() == Errc::already_touched);
  CHECK(error.native() == -25);
  CHECK(device.log == Log{"prepare", "done(failed)"});
}

TEST_CASE("Unsupported after a step failed is a failure, and the step's failure is the first") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    Ack::in(scope, Errc::timed_out, -110).discard("thrown away");
    return unsupported();
  };
  const Error error = error_in(rg::reset(device, handler));
  CHECK(error.code() == Errc::timed_out);
  CHECK(error.later_errors() == 1);
}

TEST_CASE("Unsupported after touch() is touched") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    scope.touch();
    return unsupported();
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::already_touched);
}

TEST_CASE("Unsupported that a step says through fail() after touch() is recorded as touched") {
  Device device;
  const auto handler = [](Scope& scope) -> BusReset::Verdict {
    scope.touch();
    Flr::in(scope, Errc::unsupported).discard("thrown away");
    return BusReset::in(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::unresolved_failure);
}

TEST_CASE("A nested unsupported after touch() is a failure of the outer reset") {
  Device device;
  Errc inner{};
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    scope.touch();
    return unsupported();
  };
  CHECK(then_another(device, inner, handler) == Errc::unresolved_failure);
  CHECK(inner == Errc::already_touched);
}

TEST_CASE("Unsupported counts from the method's own enter: what was touched before it does not matter") {
  Device device;
  Errc inner{};
  const auto handler = [&](Scope& scope) -> BusReset::Verdict {
    scope.touch();
    inner = code_of(rg::reset(scope.device(), [](Scope&) { return unsupported(); }));
    return BusReset::in(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
  CHECK(inner == Errc::unsupported);
}

TEST_CASE("Unsupported counts from its own enter: what an earlier scope of the same depth did does not matter") {
  for (Errc earlier : {Errc{}, Errc::io}) {
    Device device;
    Errc inner{};
    const auto handler = [&](Scope& scope) -> BusReset::Verdict {
      CHECK(code_of(Flr::run(scope.device(), earlier)) == earlier);
      inner = code_of(unsupported_at(scope.device(), 1));
      return BusReset::in(scope);
    };
    CHECK(code_of(rg::reset(device, handler)) == (earlier == Errc{} ? Errc{} : Errc::unresolved_failure));
    CHECK(inner == Errc::unsupported);
  }
}

TEST_CASE("Unsupported after a nested verified scope is touched") {
  Device device;
  const auto handler = [](Scope& scope) -> BusReset::Verdict {
    RESET_GUARD_TRY([[maybe_unused]] auto flr, Flr::run(scope.device()));
    return Error(Errc::unsupported, 0, "too late");
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::already_touched);
}

TEST_CASE("Unsupported after a nested failed scope is a failure, and the nested one's error is the first") {
  Device device;
  const auto handler = [](Scope& scope) -> BusReset::Verdict {
    Flr::run(scope.device(), Errc::io, -5).discard("thrown away");
    return Error(Errc::unsupported, 0, "too late");
  };
  CHECK(error_in(rg::reset(device, handler)).native() == -5);
  CHECK(device.reset_state.quarantined());
}

TEST_CASE("Unsupported after a nested unsupported is still unsupported") {
  Device device;
  const auto handler = [](Scope& scope) -> BusReset::Verdict {
    CHECK(code_of(unsupported_at(scope.device(), 1)) == Errc::unsupported);
    return Error(Errc::unsupported, 0, "nor mine");
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::unsupported);
  CHECK(device.log == Log{"prepare", "done(untouched)"});
}

TEST_CASE("Unsupported after a failure was overruled is touched") {
  Device device;
  const auto handler = [](Scope& scope) -> BusReset::Verdict {
    RESET_GUARD_CHECK(scope.overrule(error_in(Flr::in(scope, Errc::io))));
    return Error(Errc::unsupported, 0, "too late");
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::already_touched);
}

TEST_CASE("Unsupported, overruled, was no failure: the fallback is verified") {
  Device device;
  const auto handler = [](Scope& scope) -> BusReset::Verdict {
    RESET_GUARD_CHECK(scope.overrule(error_in(unsupported_at(scope.device(), 1))));
    return BusReset::in(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
}

TEST_CASE("To overrule an unsupported resolves no failure") {
  Device device;
  const auto handler = [](Scope& scope) -> BusReset::Verdict {
    Flr::in(scope, Errc::io).discard("a failure");
    RESET_GUARD_CHECK(scope.overrule(Error(Errc::unsupported, 0, "of nobody")));
    return BusReset::in(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::unresolved_failure);
}

TEST_CASE("A nested unsupported under a failure that waits outside is not recorded, and resolves nothing") {
  Device device;
  Errc inner{};
  const auto handler = [&](Scope& scope) -> BusReset::Verdict {
    const Error waiting = error_in(Flr::in(scope, Errc::io));
    inner = code_of(unsupported_at(scope.device(), 1));
    RESET_GUARD_CHECK(scope.overrule(waiting));  // refused if another failure had met it
    return BusReset::in(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
  CHECK(inner == Errc::unsupported);
}

TEST_CASE("Unsupported on a quarantined device lifts nothing, and keeps the old reason") {
  Device device;
  CHECK(code_of(Flr::run(device, Errc::io, -5)) == Errc::io);
  device.log.clear();
  CHECK(code_of(unsupported_at(device, 2)) == Errc::unsupported);
  CHECK(device.log == Log{"prepare", "done(failed)"});
  CHECK(device.blocked);
  CHECK(device.reset_state.quarantine_reason().native() == -5);
}
