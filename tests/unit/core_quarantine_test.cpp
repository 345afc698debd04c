// A device that must not be used: how it gets there, what stays, and the two ways out.
#include "fixtures.hpp"

using namespace core_test;

namespace {

void quarantine(Device& device, Errc done_error = {}) {
  device.done_error = done_error;
  CHECK(code_of(Flr::run(device, Errc::io, -5)) == Errc::io);
  device.done_error = Errc{};
  device.log.clear();
  CHECK(device.reset_state.quarantined());
}

// A fence that counts, as a driver's disable_depth does, and knows that it holds one already.
struct CountingDevice {
  rg::ResetState reset_state;
  int fences = 0;
  bool fenced = false;

  rg::Status reset_prepare() noexcept {
    if (!fenced) ++fences;
    fenced = true;
    return rg::ok();
  }
  rg::Status reset_done(Outcome outcome) noexcept {
    if (outcome == Outcome::failed) return rg::ok();
    if (fenced) --fences;
    fenced = false;
    return rg::ok();
  }
};

struct Count : rg::ResetStep<Count> {
  using Witness = Satisfied;
  static rg::Verdict<Count> run(CountingDevice& device, bool works) {
    return rg::reset(device, [&](rg::ResetScope<CountingDevice>& scope) -> rg::Verdict<Count> {
      if (!works) return pass_if(scope, fails_with(Errc::io, 0, "count"), Witness());
      return pass_if(scope, rg::ok(), Witness());
    });
  }
};

// Quarantined by an earlier process, at the epoch 41, for io (-5).
struct Rebuilt {
  explicit Rebuilt(bool unfenced = false) : reset_state(41, rg::Error(Errc::io, -5, "FLR"), unfenced) {}

  rg::ResetState reset_state;
  unsigned prepares = 0;
  bool works = true;

  rg::Status reset_prepare() noexcept {
    ++prepares;
    return rg::ok();
  }
  rg::Status reset_done(Outcome) noexcept { return rg::ok(); }
};
struct RebuiltReset : rg::ResetStep<RebuiltReset> {
  using Witness = Satisfied;
  static rg::Status act(Rebuilt& device) noexcept {
    if (!device.works) return rg::Error(Errc::timed_out, -110, "again");
    return rg::ok();
  }
};

}  // namespace

TEST_CASE("A failed reset keeps the fence and the reason") {
  Device device;
  CHECK(code_of(Flr::run(device, Errc::timed_out, -110)) == Errc::timed_out);
  CHECK(device.blocked);
  CHECK(device.reset_state.quarantined());
  CHECK_FALSE(device.reset_state.in_reset());
  CHECK(device.reset_state.quarantine_reason().code() == Errc::timed_out);
  CHECK(device.reset_state.quarantine_reason().native() == -110);
}

TEST_CASE("A reset under quarantine calls prepare again, and a verified one lifts it") {
  Device device;
  quarantine(device);
  CHECK(code_of(Flr::run(device)) == Errc{});
  CHECK(device.log == Log{"prepare", "done(verified)"});
  CHECK_FALSE(device.reset_state.quarantined());
  CHECK_FALSE(device.blocked);
}

TEST_CASE("After a quarantine was lifted the next reset is as any") {
  Device device;
  quarantine(device);
  CHECK(code_of(Flr::run(device)) == Errc{});
  device.log.clear();
  CHECK(code_of(rg::reset(device, [](Scope&) -> Flr::Verdict { return Error(Errc::unsupported, 0, "x"); })) ==
        Errc::unsupported);
  CHECK(device.log == Log{"prepare", "done(untouched)"});
}

TEST_CASE("Prepared again and again under quarantine, the fence counts nothing twice") {
  CountingDevice device;
  for (int i = 0; i != 3; ++i) CHECK(code_of(Count::run(device, false)) == Errc::io);
  CHECK(device.fences == 1);
  CHECK(code_of(Count::run(device, true)) == Errc{});
  CHECK(device.fences == 0);
}

TEST_CASE("The quarantine holds during a new reset") {
  Device device;
  quarantine(device);
  bool held = false;
  const auto handler = [&](Scope& scope) -> Flr::Verdict {
    held = scope.device().reset_state.quarantined();
    return Flr::in(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
  CHECK(held);
}

TEST_CASE("A verified nested reset does not lift the quarantine by itself") {
  Device device;
  quarantine(device);
  const auto handler = [](Scope& scope) -> BusReset::Verdict {
    RESET_GUARD_TRY([[maybe_unused]] auto flr, Flr::run(scope.device()));
    return BusReset::in(scope, Errc::io);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::io);
  CHECK(device.reset_state.quarantined());
}

TEST_CASE("A prepare that fails under quarantine leaves the quarantine and its reason") {
  Device device;
  quarantine(device);
  device.prepare_error = Errc::no_memory;
  CHECK(code_of(Flr::run(device)) == Errc::no_memory);
  CHECK(device.log == Log{"prepare"});
  CHECK(device.reset_state.quarantined());
  CHECK_FALSE(device.reset_state.in_reset());
  CHECK(device.reset_state.quarantine_reason().native() == -5);
}

TEST_CASE("A prepare that is refused an enter and fails under quarantine leaves the quarantine's reason") {
  Device device;
  quarantine(device);
  device.in_prepare = [](Device& d) { CHECK(code_of(Owned::enter(d)) == Errc::hook_reentered); };
  device.prepare_error = Errc::no_memory;
  CHECK(code_of(Flr::run(device)) == Errc::hook_reentered);
  CHECK(device.reset_state.quarantined());
  CHECK(device.reset_state.quarantine_reason().native() == -5);
}

TEST_CASE("A failed reset under quarantine has its own error as the new reason") {
  Device device;
  quarantine(device);
  CHECK(code_of(Flr::run(device, Errc::timed_out, -110)) == Errc::timed_out);
  CHECK(device.reset_state.quarantine_reason().native() == -110);
}

TEST_CASE("A done that fails after a verified reset makes it a failed one, with done's error") {
  Device device;
  device.done_error = Errc::no_memory;
  const Error error = error_in(Flr::run(device));
  CHECK(error.code() == Errc::no_memory);
  CHECK(error.native() == -2);
  CHECK(device.log == Log{"prepare", "done(verified)"});  // once
  CHECK(device.reset_state.quarantined());
  CHECK_FALSE(device.reset_state.unfenced());
  CHECK(device.reset_state.quarantine_reason().native() == -2);
}

TEST_CASE("A done that fails to put back an untouched device quarantines it, with done's error") {
  Device device;
  device.done_error = Errc::no_memory;
  const auto handler = [](Scope&) -> Flr::Verdict { return Error(Errc::unsupported, 0, "x"); };
  CHECK(code_of(rg::reset(device, handler)) == Errc::no_memory);
  CHECK(device.log == Log{"prepare", "done(untouched)"});
  CHECK(device.reset_state.quarantine_reason().code() == Errc::no_memory);
}

TEST_CASE("A done that fails after a failed reset leaves the first error, and is counted") {
  Device device;
  device.done_error = Errc::no_memory;
  const Error error = error_in(Flr::run(device, Errc::io, -5));
  CHECK(error.native() == -5);
  CHECK(error.later_errors() == 1);
  CHECK(device.reset_state.quarantine_reason().native() == -5);
  CHECK(device.reset_state.quarantine_reason().later_errors() == 1);
}

TEST_CASE("A done that fails after 'unsupported' under quarantine has its error come out, and the reason stays") {
  Device device;
  quarantine(device);
  device.done_error = Errc::no_memory;
  const auto handler = [](Scope&) -> Flr::Verdict { return Error(Errc::unsupported, 0, "x"); };
  CHECK(code_of(rg::reset(device, handler)) == Errc::no_memory);
  CHECK(device.reset_state.quarantine_reason().native() == -5);
  CHECK(device.reset_state.quarantine_reason().later_errors() == 1);
}

TEST_CASE("A done that could not keep the device fenced says so, and so does the state") {
  for (Errc step : {Errc{}, Errc::io}) {
    Device device;
    device.done_error = Errc::unfenced;
    CHECK(code_of(Flr::run(device, step)) == (step == Errc{} ? Errc::unfenced : Errc::io));
    CHECK(device.reset_state.quarantined());
    CHECK(device.reset_state.unfenced());
  }
}

TEST_CASE("A device is unfenced only until the next prepare fences it") {
  Device device;
  quarantine(device, Errc::unfenced);
  bool unfenced_inside = true;
  const auto handler = [&](Scope& scope) -> Flr::Verdict {
    unfenced_inside = scope.device().reset_state.unfenced();
    return Error(Errc::unsupported, 0, "x");
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::unsupported);
  CHECK_FALSE(unfenced_inside);
  CHECK_FALSE(device.reset_state.unfenced());
  CHECK(device.reset_state.quarantined());
}

TEST_CASE("An unfenced device whose prepare fails is still unfenced") {
  Device device;
  quarantine(device, Errc::unfenced);
  device.prepare_error = Errc::no_memory;
  CHECK(code_of(Flr::run(device)) == Errc::no_memory);
  CHECK(device.reset_state.unfenced());
}

TEST_CASE("release_quarantine calls done with released, and lifts the quarantine") {
  Device device;
  quarantine(device);
  CHECK(code_of(rg::release_quarantine(device, "replaced by hand")) == Errc{});
  CHECK(device.log == Log{"done(released)"});
  CHECK_FALSE(device.reset_state.quarantined());
  CHECK_FALSE(device.blocked);
}

TEST_CASE("release_quarantine of a device that is not quarantined is refused") {
  Device device;
  CHECK(code_of(rg::release_quarantine(device, "test")) == Errc::invalid);
  CHECK(device.log.empty());
}

TEST_CASE("release_quarantine in mid-reset is refused, and changes nothing") {
  Device device;
  quarantine(device);
  const auto handler = [&](Scope& scope) -> Flr::Verdict {
    CHECK(code_of(rg::release_quarantine(scope.device(), "test")) == Errc::out_of_order);
    return Flr::in(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
  CHECK(device.log == Log{"prepare", "done(verified)"});
}

TEST_CASE("release_quarantine from inside a hook is refused, and is a failure of the reset") {
  Device device;
  quarantine(device);
  Errc refused{};
  device.in_prepare = [&](Device& d) { refused = code_of(rg::release_quarantine(d, "test")); };
  CHECK(code_of(Flr::run(device)) == Errc::unresolved_failure);
  CHECK(refused == Errc::hook_reentered);
  CHECK(device.reset_state.quarantined());
}

TEST_CASE("A release whose done fails leaves the quarantine and its reason") {
  Device device;
  quarantine(device);
  device.done_error = Errc::no_memory;
  CHECK(code_of(rg::release_quarantine(device, "test")) == Errc::no_memory);
  CHECK(device.reset_state.quarantined());
  CHECK_FALSE(device.reset_state.unfenced());
  CHECK(device.reset_state.quarantine_reason().native() == -5);
  CHECK(device.reset_state.quarantine_reason().later_errors() == 1);
}

TEST_CASE("A release whose done fails fences nothing: an unfenced device stays unfenced") {
  Device device;
  quarantine(device, Errc::unfenced);
  device.done_error = Errc::no_memory;
  CHECK(code_of(rg::release_quarantine(device, "test")) == Errc::no_memory);
  CHECK(device.reset_state.unfenced());
}

TEST_CASE("A release after which the device is open to all says unfenced, if done says so") {
  Device device;
  quarantine(device);
  device.done_error = Errc::unfenced;
  CHECK(code_of(rg::release_quarantine(device, "test")) == Errc::unfenced);
  CHECK(device.reset_state.unfenced());
}

TEST_CASE("A released device can be quarantined and released again") {
  Device device;
  for (int i = 0; i != 2; ++i) {
    quarantine(device);
    CHECK(code_of(rg::release_quarantine(device, "test")) == Errc{});
  }
  CHECK(code_of(Flr::run(device)) == Errc{});
}

TEST_CASE("A state that is built with a reason is quarantined for it, and no hook was called") {
  const Rebuilt device;
  const rg::Error reason = device.reset_state.quarantine_reason();
  CHECK(
      (device.reset_state.quarantined() && reason.code() == Errc::io && reason.native() == -5 && device.prepares == 0));
}

TEST_CASE("A state that is built with a reason goes on with the epochs") {
  Rebuilt device;
  CHECK(code_of(RebuiltReset::run(device)) == Errc{});
  CHECK(device.reset_state.epoch() == 42);
}

TEST_CASE("A state that is built with a reason is unfenced if the old one was") {
  CHECK((Rebuilt(true).reset_state.unfenced() && !Rebuilt(false).reset_state.unfenced()));
}

TEST_CASE("A verified reset lifts the quarantine that a state was built with") {
  Rebuilt device;
  CHECK(code_of(RebuiltReset::run(device)) == Errc{});
  CHECK(!device.reset_state.quarantined());
}

TEST_CASE("A reset that fails again has its own error in place of the reason that a state was built with") {
  Rebuilt device;
  device.works = false;
  CHECK(code_of(RebuiltReset::run(device)) == Errc::timed_out);
  CHECK(device.reset_state.quarantine_reason().code() == Errc::timed_out);
}

TEST_CASE("A state that is built with the reason unsupported is quarantined for already_touched") {
  const rg::ResetState state(0, rg::Error(Errc::unsupported, 0, "reset"));
  CHECK(state.quarantine_reason().code() == Errc::already_touched);
}
