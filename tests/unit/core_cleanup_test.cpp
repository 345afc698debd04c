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
  CHECK(error_in(rg::reset(device, handler)).native() == -110);
  CHECK(device.reset_state.quarantine_reason().native() == -110);
}

TEST_CASE("first_error: a clean-up error after a step error is counted, up to the quarantine's reason") {
  Device device;
  const auto handler = [](Scope& scope) {
    return rg::first_error(Flr::in(scope, Errc::timed_out, -110), fails_with(Errc::gone, -19));
  };
  CHECK(error_in(rg::reset(device, handler)).later_errors() == 1);
  CHECK(device.reset_state.quarantine_reason().later_errors() == 1);
}

TEST_CASE("first_error: a clean-up error alone is the answer") {
  Device device;
  const auto handler = [](Scope& scope) { return rg::first_error(Flr::in(scope), fails_with(Errc::gone, -19)); };
  CHECK(error_in(rg::reset(device, handler)).native() == -19);
  CHECK(device.reset_state.quarantined());
}

TEST_CASE("first_error: a clean-up that failed leaves no 'unsupported', which would say that nothing was touched") {
  Device device;
  const auto handler = [](Scope& scope) {
    return rg::first_error(Flr::in(scope, Errc::unsupported), fails_with(Errc::gone, -19));
  };
  CHECK(error_in(rg::reset(device, handler)).native() == -19);
  CHECK(device.log == Log{"prepare", "done(failed)"});
}

TEST_CASE("first_error joins two plain statuses") {
  const Error error = error_in(rg::first_error(fails_with(Errc::io, -5), fails_with(Errc::gone, -19)));
  CHECK(error.native() == -5);
  CHECK(error.later_errors() == 1);
  CHECK(code_of(rg::first_error(rg::ok(), rg::ok())) == Errc{});
  CHECK(error_in(rg::first_error(rg::ok(), fails_with(Errc::gone, -19))).native() == -19);
}

TEST_CASE("first_error keeps a recorded error's name: it can be overruled") {
  Device device;
  const auto handler = [](Scope& scope) -> BusReset::Verdict {
    const Error error = error_in(rg::first_error(Flr::in(scope, Errc::timed_out), fails_with(Errc::gone)));
    RESET_GUARD_CHECK(scope.overrule(error));
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
  CHECK(error.native() == -110);
  CHECK(error.later_errors() == 1);
  CHECK(device.reset_state.quarantine_reason().native() == -110);
}

TEST_CASE("A clean-up step's error that is handed up instead of the first is the second all the same") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    Flr::in(scope, Errc::timed_out, -110).discard("hidden by the clean-up");
    return error_in(Restore::in(scope, Errc::gone, -19));
  };
  const Error error = error_in(rg::reset(device, handler));
  CHECK(error.native() == -110);
  CHECK(error.later_errors() == 1);
}

TEST_CASE("pass_if makes evidence of a success and a recorded failure of an error") {
  Device device;
  const auto good = [](Scope& scope) -> rg::Verdict<Flr, Ack> {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    RESET_GUARD_TRY(auto ack, Ack::if_ok(scope, rg::ok()));
    return rg::join(std::move(flr), std::move(ack));
  };
  CHECK(code_of(rg::reset(device, good)) == Errc{});
  const auto swallowed = [](Scope& scope) -> Flr::Verdict {
    Ack::if_ok(scope, fails_with(Errc::timed_out, -110)).discard("thrown away");
    return Flr::in(scope);
  };
  const Error error = error_in(rg::reset(device, swallowed));
  CHECK(error.code() == Errc::unresolved_failure);
  CHECK(error.native() == -110);
}

TEST_CASE("A clean-up that is unsupported after a success is a failure, and no 'untouched'") {
  CHECK(code_of(rg::first_error(rg::ok(), fails_with(Errc::unsupported))) == Errc::already_touched);
  CHECK(code_of(rg::first_error(fails_with(Errc::unsupported), fails_with(Errc::unsupported))) == Errc::unsupported);
}

namespace {

// Fails as often as it is told to, inside a reset that it makes.
struct Careful : rg::Step<Careful> {
  static rg::Status act(Scope& scope, int& failures) {
    auto flr = Flr::run(scope.device(), failures-- > 0 ? Errc::timed_out : Errc{}, -110);
    if (flr.failed()) return std::move(flr).error();
    std::move(flr).discard("only whether it failed");
    return rg::ok();
  }
};
struct Pulse : rg::ResetStep<Pulse> {
  using Witness = Satisfied;
  static rg::Status act(Device& device, Errc error) noexcept {
    device.log.push_back("pulse");
    if (error != Errc{}) return Error(error, -5, "pulse");
    return rg::ok();
  }
};
struct Swallows : rg::Step<Swallows> {
  static rg::Status act(Scope& scope) {
    Ack::in(scope, Errc::io).discard("thrown away");
    return rg::ok();
  }
};

}  // namespace

TEST_CASE("A step whose nested reset fails is retried as one step") {
  Device device;
  int failures = 1;
  const auto handler = [&](Scope& scope) -> rg::Verdict<BusReset, Careful> {
    Careful::run(scope, failures).discard("tried again");
    RESET_GUARD_TRY(auto careful, Careful::run(scope, failures));
    RESET_GUARD_TRY(auto bus, BusReset::in(scope));
    return rg::join(std::move(bus), std::move(careful));
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
}

TEST_CASE("A step that fails and is not retried keeps its nested reset's failure") {
  Device device;
  int failures = 1;
  const auto handler = [&](Scope& scope) -> BusReset::Verdict {
    Careful::run(scope, failures).discard("thrown away");
    return BusReset::in(scope);
  };
  const Error error = error_in(rg::reset(device, handler));
  CHECK(error.code() == Errc::unresolved_failure);
  CHECK(error.cause() == Errc::timed_out);
  CHECK(error.later_errors() == 0);
}

TEST_CASE("A step that throws away a failure inside it has not passed") {
  Device device;
  const auto handler = [&](Scope& scope) -> BusReset::Verdict {
    auto swallowed = Swallows::run(scope);
    CHECK(code_of(std::move(swallowed)) == Errc::unresolved_failure);
    return BusReset::in(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::unresolved_failure);
}

TEST_CASE("A reset step is run in a scope, or by itself as a reset of its own") {
  Device device;
  CHECK(code_of(Pulse::run(device, Errc{})) == Errc{});
  CHECK(device.log == Log{"prepare", "pulse", "done(verified)"});
  device.log.clear();
  CHECK(code_of(rg::reset(device, [](Scope& scope) { return Pulse::run(scope, Errc{}); })) == Errc{});
  CHECK(device.log == Log{"prepare", "pulse", "done(verified)"});
  CHECK(code_of(Pulse::run(device, Errc::io)) == Errc::io);
}

TEST_CASE("A plain step that is retried leaves the evidence of a reset before it good") {
  Device device;
  int failures = 0;
  struct Ready : rg::Step<Ready> {
    static rg::Status act(Device&, Errc error) noexcept {
      if (error != Errc{}) return Error(error, 0, "ready");
      return rg::ok();
    }
  };
  const auto handler = [&](Scope& scope) -> rg::Verdict<Pulse, Ready> {
    RESET_GUARD_TRY(auto pulse, Pulse::run(scope, Errc{}));
    Ready::run(scope, Errc::timed_out).discard("tried again");
    RESET_GUARD_TRY(auto ready, Ready::run(scope, Errc{}));
    return rg::join(std::move(pulse), std::move(ready));
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
  CHECK(failures == 0);
}
