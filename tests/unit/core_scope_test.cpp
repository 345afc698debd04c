// Enter and finish: which hooks are called, and how often.
#include "fixtures.hpp"

using namespace core_test;

TEST_CASE("A verified reset calls prepare once and done once") {
  Device device;
  CHECK(code_of(Flr::run(device)) == Errc{});
  CHECK(device.log == Log{"prepare", "done(verified)"});
  CHECK_FALSE(device.blocked);
}

TEST_CASE("A nested enter calls no hook") {
  Device device;
  Owned outer = enter(device);
  Owned inner = enter(device);
  CHECK(device.log == Log{"prepare"});
  CHECK(device.reset_state.depth() == 2);
  CHECK(code_of(inner.finish(Flr::in(inner))) == Errc{});
  CHECK(device.log == Log{"prepare"});
  CHECK(code_of(outer.finish(Flr::in(outer))) == Errc{});
  CHECK(device.log == Log{"prepare", "done(verified)"});
}

TEST_CASE("A scope knows its device, the depth, and whether it is the outermost one") {
  Device device;
  Owned outer = enter(device);
  CHECK(&outer.device() == &device);
  CHECK(outer.outermost());
  CHECK(outer.depth() == 1);
  {
    Owned inner = enter(device);
    CHECK_FALSE(inner.outermost());
    CHECK(outer.outermost());
    CHECK(inner.depth() == 2);
    CHECK(code_of(inner.finish(Flr::in(inner))) == Errc{});
  }
  CHECK(code_of(outer.finish(Flr::in(outer))) == Errc{});
}

TEST_CASE("The device is in reset from the call of prepare to the return of done") {
  Device device;
  std::vector<bool> in_reset;
  device.in_prepare = [&](Device& d) { in_reset.push_back(d.reset_state.in_reset()); };
  device.in_done = [&](Device& d, Outcome) { in_reset.push_back(d.reset_state.in_reset()); };
  CHECK_FALSE(device.reset_state.in_reset());
  CHECK(code_of(Flr::run(device)) == Errc{});
  CHECK(in_reset == std::vector<bool>{true, true});
  CHECK_FALSE(device.reset_state.in_reset());
}

TEST_CASE("A prepare that fails holds nothing and calls no done") {
  Device device;
  device.prepare_error = Errc::no_memory;
  CHECK(code_of(Flr::run(device)) == Errc::no_memory);
  CHECK(device.log == Log{"prepare"});
  CHECK_FALSE(device.reset_state.in_reset());
  CHECK_FALSE(device.reset_state.quarantined());
  device.prepare_error = Errc{};
  CHECK(code_of(Flr::run(device)) == Errc{});
}

TEST_CASE("A CHECK between enter and finish ends the scope as a failure, with the device fenced") {
  Device device;
  const auto leaves_early = [](Device& d) -> Flr::Verdict {
    RESET_GUARD_TRY(auto scope, Owned::enter(d));
    RESET_GUARD_CHECK(fails_with(Errc::gone, -19, "power"));
    return scope.finish(Flr::in(scope));
  };
  const Error error = error_in(leaves_early(device));
  CHECK(error.code() == Errc::gone);
  CHECK(device.log == Log{"prepare", "done(failed)"});
  CHECK(device.blocked);
  CHECK(device.reset_state.quarantined());
}

TEST_CASE("A CHECK in a handler is the reset's first error") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    RESET_GUARD_CHECK(fails_with(Errc::gone, -19, "power"));
    return Flr::in(scope);
  };
  CHECK(error_in(rg::reset(device, handler)).native() == -19);
  CHECK(device.reset_state.quarantine_reason().native() == -19);
}

TEST_CASE("A TRY on a failed step between enter and finish leaves that step's failure as the reason") {
  Device device;
  const auto leaves_early = [](Device& d) -> Flr::Verdict {
    RESET_GUARD_TRY(auto scope, Owned::enter(d));
    RESET_GUARD_TRY([[maybe_unused]] auto ack, Ack::in(scope, Errc::timed_out, -110));
    return scope.finish(Flr::in(scope));
  };
  CHECK(code_of(leaves_early(device)) == Errc::timed_out);
  CHECK(device.reset_state.quarantine_reason().native() == -110);
}

TEST_CASE("finish(Error) is always a failure") {
  Device device;
  Owned scope = enter(device);
  CHECK(error_in(scope.finish(Error(Errc::io, -5, "by hand"))).native() == -5);
  CHECK(device.log == Log{"prepare", "done(failed)"});
}

TEST_CASE("finish takes evidence in hand as well as a verdict") {
  Device device;
  const auto run = [](Device& d) -> Flr::Verdict {
    RESET_GUARD_TRY(auto scope, Owned::enter(d));
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    return scope.finish(std::move(flr));
  };
  CHECK(code_of(run(device)) == Errc{});
  CHECK(device.log == Log{"prepare", "done(verified)"});
}

TEST_CASE("A finish of a scope that has ended is refused") {
  Device device;
  Owned scope = enter(device);
  CHECK(code_of(scope.finish(Flr::in(scope))) == Errc{});
  CHECK(code_of(scope.finish(Error(Errc::io, -5, "again"))) == Errc::io);  // an error stays the first
  CHECK(code_of(scope.finish(Flr::in(scope))) == Errc::out_of_order);
  CHECK(device.log == Log{"prepare", "done(verified)"});
}

TEST_CASE("A finish of a scope that has ended is a failure of the reset around it") {
  Device device;
  Owned outer = enter(device);
  Owned inner = enter(device);
  CHECK(code_of(inner.finish(Flr::in(inner))) == Errc{});
  CHECK(code_of(inner.finish(Flr::in(inner))) == Errc::out_of_order);
  CHECK(code_of(outer.finish(Flr::in(outer))) == Errc::unresolved_failure);
  CHECK(device.reset_state.quarantined());
}
