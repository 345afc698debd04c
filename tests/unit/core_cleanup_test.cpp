// Clean-up that must run after a failed step, and whose own error goes second.
#include "fixtures.hpp"

using namespace core_test;

TEST_CASE("first_error: nothing failed") {
  Device device;
  const auto handler = [](Scope& scope) { return rg::first_error(Flr::in(scope), rg::ok()); };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
}

TEST_CASE("first_error: a clean-up error after a step error does not hide it") {
  Device device;
  const auto handler = [](Scope& scope) {
    return rg::first_error(Flr::in(scope, Errc::timed_out, -110), fails_with(Errc::gone, -19));
  };
  CHECK(error_in(rg::reset(device, handler)).native == -110);
  CHECK(device.reset_state.quarantine_reason().native == -110);
}

TEST_CASE("first_error: a clean-up error after a step error is counted, up to the quarantine's reason") {
  Device device;
  const auto handler = [](Scope& scope) {
    return rg::first_error(Flr::in(scope, Errc::timed_out, -110), fails_with(Errc::gone, -19));
  };
  CHECK(error_in(rg::reset(device, handler)).later == 1);
  CHECK(device.reset_state.quarantine_reason().later == 1);
}

TEST_CASE("first_error: a clean-up error alone is the answer") {
  Device device;
  const auto handler = [](Scope& scope) { return rg::first_error(Flr::in(scope), fails_with(Errc::gone, -19)); };
  CHECK(error_in(rg::reset(device, handler)).native == -19);
  CHECK(device.reset_state.quarantined());
}

TEST_CASE("first_error: a clean-up that failed leaves no 'unsupported', which would say that nothing was touched") {
  Device device;
  const auto handler = [](Scope& scope) {
    return rg::first_error(Flr::in(scope, Errc::unsupported), fails_with(Errc::gone, -19));
  };
  CHECK(error_in(rg::reset(device, handler)).native == -19);
  CHECK(device.log == Log{"prepare", "done(failed)"});
}

TEST_CASE("first_error joins two plain statuses") {
  const Error error = error_in(rg::first_error(fails_with(Errc::io, -5), fails_with(Errc::gone, -19)));
  CHECK(error.native == -5);
  CHECK(error.later == 1);
  CHECK(code_of(rg::first_error(rg::ok(), rg::ok())) == Errc{});
  CHECK(error_in(rg::first_error(rg::ok(), fails_with(Errc::gone, -19))).native == -19);
}

TEST_CASE("first_error keeps a recorded error's name: it can be superseded") {
  Device device;
  const auto handler = [](Scope& scope) -> BusReset::Verdict {
    const Error error = error_in(rg::first_error(Flr::in(scope, Errc::timed_out), fails_with(Errc::gone)));
    RESET_GUARD_CHECK(scope.supersede(error));
    return BusReset::in(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
}

TEST_CASE("A clean-up step that fails after a step goes second in the ledger, counted once") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    auto flr = Flr::in(scope, Errc::timed_out, -110);
    auto restored = Restore::in(scope, Errc::gone, -19);
    if (restored.failed()) return rg::first_error(std::move(flr), std::move(restored).error());
    std::move(restored).discard("not reached");
    return flr;
  };
  const Error error = error_in(rg::reset(device, handler));
  CHECK(error.native == -110);
  CHECK(error.later == 1);
  CHECK(device.reset_state.quarantine_reason().native == -110);
}

TEST_CASE("A clean-up step's error that is handed up instead of the first is the second all the same") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    Flr::in(scope, Errc::timed_out, -110).discard("hidden by the clean-up");
    return error_in(Restore::in(scope, Errc::gone, -19));
  };
  const Error error = error_in(rg::reset(device, handler));
  CHECK(error.native == -110);
  CHECK(error.later == 1);
}

TEST_CASE("done_if makes evidence of a success and a recorded failure of an error") {
  Device device;
  const auto good = [](Scope& scope) -> rg::Verdict<Flr, Ack> {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    RESET_GUARD_TRY(auto ack, Ack::if_ok(scope, rg::ok()));
    return rg::both(std::move(flr), std::move(ack));
  };
  CHECK(code_of(rg::reset(device, good)) == Errc{});
  const auto swallowed = [](Scope& scope) -> Flr::Verdict {
    Ack::if_ok(scope, fails_with(Errc::timed_out, -110)).discard("thrown away");
    return Flr::in(scope);
  };
  const Error error = error_in(rg::reset(device, swallowed));
  CHECK(error.code == Errc::laundered);
  CHECK(error.native == -110);
}
