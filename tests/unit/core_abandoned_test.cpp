// Scopes that end without finish: by a return, and by an exception.
#include "fixtures.hpp"

#include <stdexcept>

using namespace core_test;

namespace {

// Throws inside `scopes` scopes, after what `before` does in the innermost one.
template <class Before>
void throw_inside(Device& device, int scopes, Before before) {
  Owned scope = enter(device);
  if (scopes == 1) {
    before(scope);
    throw std::runtime_error("test");
  }
  throw_inside(device, scopes - 1, before);
}

Flr::Verdict flr_throws(Device& device) {
  return rg::reset(device, [](Scope&) -> Flr::Verdict { throw std::runtime_error("test"); });
}

}  // namespace

TEST_CASE("A scope that ends without finish is abandoned: a failed reset") {
  Device device;
  {
    const Owned scope = enter(device);
  }
  CHECK(device.log == Log{"prepare", "done(failed)"});
  CHECK(device.reset_state.quarantine_reason().code() == Errc::abandoned);
}

TEST_CASE("An abandoned scope that follows a failure has that failure, and no error of its own") {
  Device device;
  {
    Owned scope = enter(device);
    Flr::in(scope, Errc::timed_out, -110).discard("thrown away");
  }
  const Error reason = device.reset_state.quarantine_reason();
  CHECK(reason.code() == Errc::timed_out);
  CHECK(reason.native() == -110);
  CHECK(reason.later_errors() == 0);
}

TEST_CASE("An exception that unwinds through one, two or three scopes is a failed reset: abandoned") {
  for (int scopes : {1, 2, 3}) {
    INFO(scopes);
    Device device;
    CHECK_THROWS_AS(throw_inside(device, scopes, [](Scope&) {}), std::runtime_error);
    CHECK(device.log == Log{"prepare", "done(failed)"});
    CHECK(device.reset_state.quarantine_reason().code() == Errc::abandoned);
    CHECK_FALSE(device.reset_state.in_reset());
  }
}

TEST_CASE("An exception that unwinds through scopes leaves the failure recorded inside as the reason") {
  for (int scopes : {1, 2, 3}) {
    INFO(scopes);
    Device device;
    const auto fails = [](Scope& scope) { Ack::in(scope, Errc::timed_out, -110).discard("then it throws"); };
    CHECK_THROWS_AS(throw_inside(device, scopes, fails), std::runtime_error);
    CHECK(device.reset_state.quarantine_reason().code() == Errc::timed_out);
    CHECK(device.reset_state.quarantine_reason().native() == -110);
    CHECK(device.reset_state.quarantine_reason().later_errors() == 0);
  }
}

TEST_CASE("An exception that leaves a handler passes on, and the reset has failed") {
  Device device;
  CHECK_THROWS_AS(code_of(flr_throws(device)), std::runtime_error);
  CHECK(device.log == Log{"prepare", "done(failed)"});
  CHECK(device.blocked);
}

TEST_CASE("A caught exception is a failure of the outer reset that nobody resolved") {
  Device device;
  const auto handler = [](Scope& scope) -> BusReset::Verdict {
    try {
      flr_throws(scope.device()).discard("not reached");
    } catch (const std::runtime_error&) {
    }
    return BusReset::in(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::unresolved_failure);
}

TEST_CASE("A retry with the same verdict resolves a caught exception") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    try {
      flr_throws(scope.device()).discard("not reached");
    } catch (const std::runtime_error&) {
    }
    return Flr::run(scope.device());
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
  CHECK(device.log == Log{"prepare", "done(verified)"});
}

namespace {

rg::Verdict<Flr> leaves_by_check(Device& device) {
  RESET_GUARD_TRY(auto scope, Owned::enter(device));
  RESET_GUARD_CHECK(fails_with(Errc::timed_out, -110, "wait"));
  return scope.finish(Flr::in(scope));
}

}  // namespace

TEST_CASE("The error for which a scope was left is the reset's first error, and its only one") {
  Device device;
  const Error error = error_in(rg::reset(device, [](Scope& scope) { return leaves_by_check(scope.device()); }));
  CHECK(error.code() == Errc::timed_out);
  CHECK(error.native() == -110);
  CHECK(error.later_errors() == 0);
  CHECK(device.reset_state.quarantine_reason().code() == Errc::timed_out);
}

TEST_CASE("A step may say with the error for which a scope inside it was left that it failed") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    auto left = leaves_by_check(scope.device());
    if (left.failed()) Ack::if_ok(scope, std::move(left).error()).discard("it failed");
    return Flr::in(scope);
  };
  const Error error = error_in(rg::reset(device, handler));
  CHECK(error.code() == Errc::unresolved_failure);
  CHECK(error.cause() == Errc::timed_out);
  CHECK(error.later_errors() == 0);
}

TEST_CASE("A scope that was left for nothing is abandoned, and a failure that came later is counted") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    {
      const Owned left = enter(scope.device());
    }
    Flr::run(scope.device(), Errc::io).discard("a recorded one");
    return Error(Errc::gone, 0, "handler");
  };
  const Error error = error_in(rg::reset(device, handler));
  CHECK(error.code() == Errc::abandoned);
  CHECK(error.later_errors() == 2);
}
