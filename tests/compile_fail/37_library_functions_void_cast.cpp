// HOLE 37: the attributes of the library's own functions, which a cast to void does not silence
// EXPECT plain gcc: M M M M M M M M M M M M M M M M M M M M
// EXPECT typestate clang: C C C C C C C C C C C C C C C C C C C C
// LIMIT: no-analysis, warnings-off
#include "device.hpp"

struct Clock {
  int time = 0;
  int now() const { return time; }
  void sleep(int duration) { time += duration; }
};

static constexpr rg::Method<Device, BusReset> methods[] = {
    {"bus", [](const Device&) noexcept { return rg::Probe{rg::Support::yes, ""}; },
     [](Device& device) { return rg::reset(device, [](Scope& scope) { return BusReset::in(scope); }); }}};
static constexpr rg::MethodChain<Device, BusReset> chain(methods);

void calls_enter(Device& device) {
  (void)Owned::enter(device);  // BAD
  // GOOD: Owned::enter(device).discard("a control");
}

void calls_finish(Owned& scope) {
  (void)scope.finish(BusReset::in(scope));  // BAD
  // GOOD: scope.finish(BusReset::in(scope)).discard("a control");
}

void calls_finish_error(Owned& scope, rg::Error error) {
  (void)scope.finish(error);  // BAD
  // GOOD: scope.finish(error).discard("a control");
}

void calls_supersede(Scope& scope, rg::Error error) {
  (void)scope.overrule(error);  // BAD
  // GOOD: scope.overrule(error).discard("a control");
}

void calls_reset(Device& device) {
  (void)rg::reset(device, [](Scope& inner) { return BusReset::in(inner); });  // BAD
  // GOOD: rg::reset(device, [](Scope& inner) { return BusReset::in(inner); }).discard("a control");
}

void calls_release(Device& device) {
  (void)rg::release_quarantine(device, "a test");  // BAD
  // GOOD: rg::release_quarantine(device, "a test").discard("a control");
}

void calls_first() {
  (void)rg::first_error(rg::ok(), rg::ok());  // BAD
  // GOOD: rg::first_error(rg::ok(), rg::ok()).discard("a control");
}

void calls_poll(Clock& clock) {
  (void)rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [] { return true; });  // BAD
  // GOOD: rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [] { return true; }).discard("a control");
}

void calls_ok() {
  (void)rg::ok();  // BAD
  // GOOD: rg::ok().discard("a control");
}

void calls_chain(Device& device) {
  (void)chain.reset(device);  // BAD
  // GOOD: chain.reset(device).discard("a control");
}

rg::Status calls_finish_evidence(Owned& scope) {
  RESET_GUARD_TRY(auto evidence, BusReset::in(scope));
  (void)scope.finish(RESET_GUARD_MOVE(evidence));  // BAD
  // GOOD: scope.finish(RESET_GUARD_MOVE(evidence)).discard("a control");
  return rg::ok();
}

struct Inside : rg::Step<Inside> {
  static void calls_done_if(Scope& scope) {
    (void)pass_if(scope, rg::ok());  // BAD
    // GOOD: pass_if(scope, rg::ok()).discard("a control");
  }
};

void calls_run(Device& device, Scope& scope) {
  (void)Flr::run(device);  // BAD
  // GOOD: Flr::run(device).discard("a control");
  (void)Flr::run(scope);  // BAD
  // GOOD: Flr::run(scope).discard("a control");
}

struct Each : rg::Step<Each> {
  static rg::Status act(Device&, int) noexcept { return rg::ok(); }
};

void calls_run_for(Scope& scope) {
  const int chips[] = {1, 2};
  (void)Each::run_for(scope, 1, 1);  // BAD
  // GOOD: Each::run_for(scope, 1, 1).discard("a control");
  (void)Each::run_for_each(scope, chips);  // BAD
  // GOOD: Each::run_for_each(scope, chips).discard("a control");
}

void calls_reset_by_steps(Device& device) {
  (void)rg::reset<Flr>(device);  // BAD
  // GOOD: rg::reset<Flr>(device).discard("a control");
  (void)rg::reset_for<rg::all_of<>, Flr>(device);  // BAD
  // GOOD: rg::reset_for<rg::all_of<>, Flr>(device).discard("a control");
  (void)rg::reset_for<rg::all_of<>>(device, [](Scope& inner) { return BusReset::in(inner); });  // BAD
  // GOOD: rg::reset_for<rg::all_of<>>(device, [](Scope& inner) { return BusReset::in(inner); }).discard("a control");
}

struct Timed : Device, Clock {};

void calls_poll_in_a_scope(rg::ResetScope<Timed>& scope) {
  (void)rg::poll_until(scope, {10, 1}, "ready", [] { return true; });  // BAD
  // GOOD: rg::poll_until(scope, {10, 1}, "ready", [] { return true; }).discard("a control");
}
