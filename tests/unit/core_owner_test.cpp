// ManyOwners: one owner at a time, and what another one is told.
#include "fixtures.hpp"

#include <reset_guard/owner.hpp>

using namespace core_test;

namespace {

using rg::Owner;

// Waits by a hook of the test; the deadline is a number of looks.
struct Waiting {
  static constexpr bool waits = true;
  static bool wait(const std::uintptr_t&, std::uintptr_t, int& looks) {
    if (looks-- == 0) return false;
    if (while_waiting) while_waiting();
    return true;
  }
  static void wake(const std::uintptr_t&) { ++woken; }
  static inline std::function<void()> while_waiting;
  static inline int woken = 0;
};

const Owner first, second;

struct SharedDevice {
  rg::SharedResetState<Waiting> reset_state;
  const Owner* caller = &first;
  Log log;
  Errc prepare_error{}, done_error{};
  const Owner* reset_owner() noexcept { return caller; }
  rg::Status reset_prepare() noexcept {
    log.push_back("prepare");
    if (prepare_error != Errc{}) return Error(prepare_error, 0, "prepare");
    return rg::ok();
  }
  rg::Status reset_done(Outcome outcome) noexcept {
    log.push_back(to_string(outcome));
    if (done_error != Errc{}) return Error(done_error, 0, "done");
    return rg::ok();
  }
};

using SharedScope = rg::ResetScope<SharedDevice>;
using SharedOwned = rg::OwnedScope<SharedDevice>;

struct Work : rg::ResetStep<Work> {
  using Witness = Satisfied;
  static rg::Verdict<Work> in(SharedScope& scope, Errc error = {}) {
    if (error != Errc{}) return fail(scope, Error(error, 0, "work"));
    return pass_if(scope, rg::ok(), Witness());
  }
  static rg::Verdict<Work> run(SharedDevice& device, Errc error = {}) {
    return rg::reset(device, [=](SharedScope& scope) { return in(scope, error); });
  }
};
struct Poke : rg::Step<Poke> {
  static rg::Status act(SharedDevice&) noexcept { return rg::ok(); }
  static Error fails(SharedScope& scope) noexcept { return fail(scope, Error(Errc::io, 0, "poke")); }
};

// Does it as another owner.
template <class Do>
auto as(const Owner* owner, SharedDevice& device, Do act) {
  const Owner* before = std::exchange(device.caller, owner);
  auto answer = act();
  device.caller = before;
  return answer;
}
Errc enter_as(const Owner* owner, SharedDevice& device) {
  return as(owner, device, [&] { return code_of(Work::run(device)); });
}

}  // namespace

// --- one at a time ---

TEST_CASE("Owners: another owner's reset is busy, calls no hook, and is no failure of the reset under way") {
  SharedDevice device;
  SharedOwned scope = value_in(SharedOwned::enter(device));
  CHECK(enter_as(&second, device) == Errc::busy);
  CHECK(device.log == Log{"prepare"});
  CHECK(code_of(scope.finish(Work::in(scope))) == Errc{});
}

TEST_CASE("Owners: the same owner nests") {
  SharedDevice device;
  CHECK(code_of(rg::reset(device, [](SharedScope& scope) { return Work::run(scope.device()); })) == Errc{});
  CHECK(device.log == Log{"prepare", "verified"});
}

TEST_CASE("Owners: the device is free after a reset that was verified, that failed, and that could not begin") {
  SharedDevice device;
  CHECK(code_of(Work::run(device, Errc::io)) == Errc::io);
  CHECK(enter_as(&second, device) == Errc{});
  device.prepare_error = Errc::no_memory;
  CHECK(code_of(Work::run(device)) == Errc::no_memory);
  device.prepare_error = Errc{};
  CHECK(enter_as(&second, device) == Errc{});
}

TEST_CASE("Owners: no owner, and one that is not aligned, are invalid, and nothing has changed") {
  SharedDevice device;
  CHECK(enter_as(nullptr, device) == Errc::invalid);
  const auto* odd = reinterpret_cast<const Owner*>(reinterpret_cast<const char*>(&first) + 1);
  CHECK(enter_as(odd, device) == Errc::invalid);
  CHECK(device.log == Log{});
  CHECK_FALSE(device.reset_state.in_reset());
  CHECK(enter_as(&second, device) == Errc{});
}

// --- another owner's use of a scope ---

TEST_CASE("Owners: a scope that another owner finishes has not ended") {
  SharedDevice device;
  SharedOwned scope = value_in(SharedOwned::enter(device));
  CHECK(as(&second, device, [&] { return code_of(scope.finish(Error(Errc::io, 0, "test"))); }) == Errc::busy);
  CHECK(device.log == Log{"prepare"});
  CHECK(code_of(scope.finish(Work::in(scope))) == Errc{});
}

TEST_CASE("Owners: evidence that another owner makes proves nothing") {
  SharedDevice device;
  SharedOwned scope = value_in(SharedOwned::enter(device));
  auto forged = as(&second, device, [&] { return Work::in(scope); });
  CHECK(code_of(scope.finish(std::move(forged))) == Errc::invalid_evidence);
}

TEST_CASE("Owners: a failure that another owner reports is not recorded") {
  SharedDevice device;
  SharedOwned scope = value_in(SharedOwned::enter(device));
  CHECK(as(&second, device, [&] { return Poke::fails(scope).code(); }) == Errc::io);
  CHECK(code_of(scope.finish(Work::in(scope))) == Errc{});
}

TEST_CASE("Owners: a step that another owner runs in a scope is busy") {
  SharedDevice device;
  SharedOwned scope = value_in(SharedOwned::enter(device));
  CHECK(as(&second, device, [&] { return code_of(Poke::run(scope)); }) == Errc::busy);
  CHECK(code_of(scope.finish(Work::in(scope))) == Errc{});
}

TEST_CASE("Owners: another owner cannot overrule") {
  SharedDevice device;
  SharedOwned scope = value_in(SharedOwned::enter(device));
  const Error failure = error_in(Work::in(scope, Errc::io));
  CHECK(as(&second, device, [&] { return code_of(scope.overrule(failure)); }) == Errc::busy);
  CHECK(code_of(scope.overrule(failure)) == Errc{});
  CHECK(code_of(scope.finish(Work::in(scope))) == Errc{});
}

TEST_CASE("Owners: another owner's touch() does not count") {
  SharedDevice device;
  SharedOwned scope = value_in(SharedOwned::enter(device));
  as(&second, device, [&] { return scope.touch(), 0; });
  CHECK(code_of(scope.finish(Error(Errc::unsupported, 0, "test"))) == Errc::unsupported);
  CHECK(device.log == Log{"prepare", "untouched"});
}

TEST_CASE("Owners: another owner cannot lift a quarantine in mid-reset") {
  SharedDevice device;
  SharedOwned scope = value_in(SharedOwned::enter(device));
  CHECK(as(&second, device, [&] { return code_of(rg::release_quarantine(device, "test")); }) == Errc::busy);
  CHECK(code_of(scope.finish(Work::in(scope))) == Errc{});
}

// --- a reset is handed over ---

TEST_CASE("Owners: a reset that is handed over is finished by the other owner, and by nobody else") {
  SharedDevice device;
  SharedOwned scope = value_in(SharedOwned::enter(device));
  CHECK(code_of(scope.hand_over(&second)) == Errc{});
  CHECK(code_of(scope.finish(Error(Errc::io, 0, "test"))) == Errc::busy);
  CHECK(enter_as(&first, device) == Errc::busy);
  CHECK(as(&second, device, [&] { return code_of(scope.finish(Work::in(scope))); }) == Errc{});
  CHECK(enter_as(&first, device) == Errc{});
}

TEST_CASE("Owners: with another scope open a reset is not handed over") {
  SharedDevice device;
  SharedOwned outer = value_in(SharedOwned::enter(device));
  SharedOwned inner = value_in(SharedOwned::enter(device));
  CHECK(code_of(inner.hand_over(&second)) == Errc::out_of_order);
  CHECK(code_of(outer.hand_over(&second)) == Errc::out_of_order);
  auto verdict = inner.finish(Work::in(inner));
  CHECK(code_of(outer.finish(std::move(verdict))) == Errc{});
}

TEST_CASE("Owners: a reset is handed over by its owner only, before its end, and to an owner") {
  SharedDevice device;
  SharedOwned scope = value_in(SharedOwned::enter(device));
  CHECK(as(&second, device, [&] { return code_of(scope.hand_over(&second)); }) == Errc::busy);
  CHECK(code_of(scope.hand_over(static_cast<const Owner*>(nullptr))) == Errc::invalid);
  CHECK(code_of(scope.finish(Work::in(scope))) == Errc{});
  CHECK(code_of(scope.hand_over(&second)) == Errc::out_of_order);
}

// --- waiting ---

TEST_CASE("Owners: enter_until() waits for its turn") {
  SharedDevice device;
  std::optional<SharedOwned> held(value_in(SharedOwned::enter(device)));
  Waiting::while_waiting = [&] {
    as(&first, device, [&] {
      CHECK(code_of(held->finish(Work::in(*held))) == Errc{});
      return held.reset(), 0;
    });
  };
  Waiting::woken = 0;
  as(&second, device, [&] {
    SharedOwned scope = value_in(rg::enter_until(device, 1));
    CHECK(code_of(scope.finish(Work::in(scope))) == Errc{});
    return 0;
  });
  CHECK(Waiting::woken == 1);
  Waiting::while_waiting = {};
}

TEST_CASE("Owners: enter_until() ends at the deadline, with no hook called") {
  SharedDevice device;
  SharedOwned held = value_in(SharedOwned::enter(device));
  CHECK(as(&second, device, [&] { return code_of(rg::enter_until(device, 3)); }) == Errc::timed_out);
  CHECK(device.log == Log{"prepare"});
  CHECK(code_of(held.finish(Work::in(held))) == Errc{});
}

TEST_CASE("Owners: reset_until() of the owner itself nests at once") {
  SharedDevice device;
  SharedOwned outer = value_in(SharedOwned::enter(device));
  auto verdict = rg::reset_until(device, 0, [](SharedScope& scope) { return Work::in(scope); });
  CHECK(code_of(outer.finish(std::move(verdict))) == Errc{});
  CHECK(device.log == Log{"prepare", "verified"});
}

TEST_CASE("Owners: without a waiting owner nobody is woken") {
  SharedDevice device;
  Waiting::woken = 0;
  CHECK(code_of(Work::run(device)) == Errc{});
  CHECK(Waiting::woken == 0);
}

// --- what anybody may ask ---

TEST_CASE("Owners: depth, reset and quarantine are told to anybody, at each moment as to the owner") {
  SharedDevice device;
  CHECK_FALSE(device.reset_state.in_reset());
  CHECK(code_of(rg::reset(device, [&](SharedScope& scope) -> rg::Verdict<Work> {
          CHECK(device.reset_state.in_reset());
          CHECK(device.reset_state.depth() == 1);
          return rg::reset(device, [&](SharedScope& inner) {
            CHECK(device.reset_state.depth() == 2);
            CHECK(scope.depth() == 2);
            return Work::in(inner, Errc::io);
          });
        })) == Errc::io);
  CHECK_FALSE(device.reset_state.in_reset());
  CHECK(device.reset_state.depth() == 0);
  CHECK(device.reset_state.quarantined());
  CHECK(code_of(Work::run(device)) == Errc{});
  CHECK_FALSE(device.reset_state.quarantined());
}

TEST_CASE("Owners: that a device has no fence is told to anybody") {
  SharedDevice device;
  device.done_error = Errc::unfenced;
  CHECK(code_of(Work::run(device)) == Errc::unfenced);
  CHECK(device.reset_state.unfenced());
}

// --- owners that do not wait, or are none ---

namespace {

struct ImpatientDevice {
  rg::SharedResetState<> reset_state;
  const Owner* caller = &first;
  const Owner* reset_owner() noexcept { return caller; }
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done(Outcome) noexcept { return rg::ok(); }
};

}  // namespace

TEST_CASE("Owners: a device for which nobody waits is free after its reset, and is handed over") {
  ImpatientDevice device;
  auto scope = value_in(rg::OwnedScope<ImpatientDevice>::enter(device));
  CHECK(code_of(scope.hand_over(&second)) == Errc{});
  device.caller = &second;
  CHECK(code_of(scope.finish(Error(Errc::io, 0, "test"))) == Errc::io);
  device.caller = &first;
  auto again = value_in(rg::OwnedScope<ImpatientDevice>::enter(device));
  CHECK(code_of(again.finish(Error(Errc::io, 0, "test"))) == Errc::io);
}

TEST_CASE("Owners: a caller that is no owner uses no scope") {
  SharedDevice device;
  SharedOwned scope = value_in(SharedOwned::enter(device));
  CHECK(as(nullptr, device, [&] { return code_of(scope.finish(Error(Errc::io, 0, "test"))); }) == Errc::busy);
  CHECK(code_of(scope.finish(Work::in(scope))) == Errc{});
}

TEST_CASE("Owners: reset_until() ends at the deadline, with no hook called") {
  SharedDevice device;
  SharedOwned held = value_in(SharedOwned::enter(device));
  const auto handler = [](SharedScope& scope) { return Work::in(scope); };
  CHECK(as(&second, device, [&] { return code_of(rg::reset_until(device, 0, handler)); }) == Errc::timed_out);
  CHECK(device.log == Log{"prepare"});
  CHECK(code_of(held.finish(Work::in(held))) == Errc{});
}

TEST_CASE("Owners: a scope that another owner destroys stops the program") {
  CHECK(in_child([] {
          SharedDevice device;
          SharedOwned scope = value_in(SharedOwned::enter(device));
          device.caller = &second;
        }).trapped);
}
