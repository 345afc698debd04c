// Hooks that enter their own device again.
#include "fixtures.hpp"

using namespace core_test;

namespace {

// Enters and says what came of it.
Errc try_enter(Device& device) { return code_of(Owned::enter(device)); }

}  // namespace

TEST_CASE("A prepare that enters its own device is refused") {
  Device device;
  Errc refused{};
  device.in_prepare = [&](Device& d) { refused = try_enter(d); };
  CHECK(code_of(Flr::run(device)) != Errc{});
  CHECK(refused == Errc::hook_reentered);
  CHECK(device.log == Log{"prepare", "done(failed)"});
}

TEST_CASE("A prepare that swallows the refusal cannot be followed by a verified reset") {
  Device device;
  device.in_prepare = [](Device& d) { Owned::enter(d).discard("swallowed"); };
  CHECK(code_of(Flr::run(device)) == Errc::unresolved_failure);
  CHECK(device.blocked);
  CHECK(device.reset_state.quarantined());
}

TEST_CASE("A prepare that swallows the refusal cannot be followed by 'untouched' either") {
  Device device;
  device.in_prepare = [](Device& d) { Owned::enter(d).discard("swallowed"); };
  const auto handler = [](Scope&) -> Flr::Verdict { return Error(Errc::unsupported, 0, "x"); };
  CHECK(code_of(rg::reset(device, handler)) == Errc::hook_reentered);
  CHECK(device.log == Log{"prepare", "done(failed)"});
}

TEST_CASE("A prepare that hands the refusal up holds nothing, and the next reset works") {
  Device device;
  device.in_prepare = [](Device& d) { d.prepare_error = try_enter(d); };
  CHECK(code_of(Flr::run(device)) == Errc::hook_reentered);
  CHECK(device.log == Log{"prepare"});
  CHECK_FALSE(device.reset_state.quarantined());
  device.in_prepare = nullptr;
  device.prepare_error = Errc{};
  CHECK(code_of(Flr::run(device)) == Errc{});
}

TEST_CASE("A prepare that is refused an enter, and then fails by itself, has the refusal as its first error") {
  Device device;
  device.in_prepare = [](Device& d) { CHECK(try_enter(d) == Errc::hook_reentered); };
  device.prepare_error = Errc::no_memory;
  const Error error = error_in(Flr::run(device));
  CHECK(error.code() == Errc::hook_reentered);
  CHECK(error.later_errors() == 1);
  CHECK_FALSE(device.reset_state.in_reset());
  CHECK_FALSE(device.reset_state.quarantined());
}

TEST_CASE("A done that enters its own device is refused, and its reset fails") {
  Device device;
  Errc refused{};
  device.in_done = [&](Device& d, Outcome) { refused = try_enter(d); };
  CHECK(code_of(Flr::run(device)) == Errc::hook_reentered);
  CHECK(refused == Errc::hook_reentered);
  CHECK(device.log == Log{"prepare", "done(verified)"});
  CHECK(device.reset_state.quarantined());
  CHECK_FALSE(device.reset_state.in_reset());
}

TEST_CASE("A done that swallows the refusal and lifts the fence leaves a state that says unfenced") {
  Device device;
  device.in_done = [](Device& d, Outcome) { Owned::enter(d).discard("swallowed"); };
  CHECK(code_of(Flr::run(device)) == Errc::hook_reentered);
  CHECK_FALSE(device.blocked);
  CHECK(device.reset_state.unfenced());
}

TEST_CASE("A done that is refused an enter after a failed reset leaves the first error") {
  Device device;
  device.in_done = [](Device& d, Outcome) { Owned::enter(d).discard("swallowed"); };
  const Error error = error_in(Flr::run(device, Errc::io, -5));
  CHECK(error.native() == -5);
  CHECK(error.later_errors() == 1);
  CHECK(device.reset_state.quarantine_reason().native() == -5);
}

TEST_CASE("A done that is refused an enter and fails has the refusal as its first error") {
  Device device;
  device.done_error = Errc::no_memory;
  device.in_done = [](Device& d, Outcome) { Owned::enter(d).discard("swallowed"); };
  const Error error = error_in(Flr::run(device));
  CHECK(error.code() == Errc::hook_reentered);
  CHECK(error.later_errors() == 1);
}

TEST_CASE("A release whose done was refused an enter leaves the quarantine and its reason") {
  Device device;
  CHECK(code_of(Flr::run(device, Errc::io, -5)) == Errc::io);
  device.in_done = [](Device& d, Outcome) { Owned::enter(d).discard("swallowed"); };
  CHECK(code_of(rg::release_quarantine(device, "test")) == Errc::hook_reentered);
  CHECK(device.reset_state.quarantined());
  CHECK(device.reset_state.quarantine_reason().native() == -5);
}

TEST_CASE("A reset with a handler from inside a hook is refused without the handler being called") {
  Device device;
  bool called = false;
  Errc refused{};
  device.in_prepare = [&](Device& d) {
    refused = code_of(rg::reset(d, [&](Scope& scope) {
      called = true;
      return Flr::in(scope);
    }));
  };
  CHECK(code_of(BusReset::run(device)) == Errc::unresolved_failure);
  CHECK(refused == Errc::hook_reentered);
  CHECK_FALSE(called);
}

TEST_CASE("A hook may reset another device") {
  Device device, other;
  device.in_prepare = [&](Device&) { CHECK(code_of(Flr::run(other)) == Errc{}); };
  CHECK(code_of(Flr::run(device)) == Errc{});
  CHECK(other.log == Log{"prepare", "done(verified)"});
}

TEST_CASE("A finish of an ended scope from inside done is a failure of the reset") {
  Device device;
  Owned ended = enter(device);
  CHECK(code_of(ended.finish(Flr::in(ended))) == Errc{});
  Errc refused{};
  device.in_done = [&](Device&, Outcome) { refused = code_of(ended.finish(Flr::in(ended))); };
  CHECK(code_of(Flr::run(device)) == Errc::out_of_order);
  CHECK(refused == Errc::out_of_order);
}

TEST_CASE("A done that finishes the scope that is ending is refused, and leaves a state that says unfenced") {
  Device device;
  Owned scope = enter(device);
  Errc refused{};
  device.in_done = [&](Device&, Outcome) { refused = code_of(scope.finish(Flr::in(scope))); };
  CHECK(code_of(scope.finish(Flr::in(scope))) == Errc::out_of_order);
  CHECK(refused == Errc::out_of_order);
  CHECK(device.log == Log{"prepare", "done(verified)"});
  CHECK(device.reset_state.unfenced());
}

TEST_CASE("A done that finishes the scope of a failed reset with evidence lifts no quarantine") {
  Device device;
  Owned scope = enter(device);
  device.in_done = [&](Device&, Outcome) { scope.finish(Flr::in(scope)).discard("refused"); };
  CHECK(code_of(scope.finish(Flr::Verdict(Error(Errc::io, 0, "x")))) != Errc{});
  CHECK(device.log == Log{"prepare", "done(failed)"});
  CHECK(device.reset_state.quarantined());
}

TEST_CASE("A done that says unsupported has failed a reset that touched the device") {
  Device device;
  device.done_error = Errc::unsupported;
  const Error error = error_in(Flr::run(device));
  CHECK(error.code() == Errc::already_touched);
  CHECK(error.native() == -2);
  CHECK(device.reset_state.quarantined());
}

TEST_CASE("A done that says unsupported does not make the reset of another device, which hands it up, untouched") {
  Device device, other;
  other.done_error = Errc::unsupported;
  const auto handler = [&](Scope&) { return Flr::run(other); };
  CHECK(code_of(rg::reset(device, handler)) == Errc::already_touched);
  CHECK(device.log == Log{"prepare", "done(failed)"});
}

TEST_CASE("A prepare that says unsupported does not make the reset of another device, which hands it up, untouched") {
  Device device, other;
  other.prepare_error = Errc::unsupported;
  const auto handler = [&](Scope&) { return Flr::run(other); };
  CHECK(code_of(rg::reset(device, handler)) == Errc::already_touched);
  CHECK(device.log == Log{"prepare", "done(failed)"});
}
