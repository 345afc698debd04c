// RULE: Use the results of the library's functions.
// WHY: Each function that returns a result also has the attributes, so that g++ does not accept a cast to void.
// ENFORCED: by strict (nodiscard; clang: typestate)
#include "device.hpp"

// CASE: ignored
namespace library_functions {
struct Clock {
  int time = 0;
  int now() const { return time; }
  void sleep(int duration) { time += duration; }
};

static constexpr rg::Method<Nic, BusReset> methods[] = {
    {"bus", [](const Nic&) noexcept { return rg::Probe{rg::Support::yes, ""}; },
     [](Nic& nic) { return rg::reset(nic, [](Scope& scope) { return BusReset::run(scope); }); }}};
static constexpr rg::MethodChain<Nic, BusReset> chain(methods);

void calls_enter(Nic& nic) {
  Owned::enter(nic);  // BAD
  // GOOD: Owned::enter(nic).discard("a control");
}

void calls_finish(Owned& scope) {
  scope.finish(BusReset::run(scope));  // BAD
  // GOOD: scope.finish(BusReset::run(scope)).discard("a control");
}

void calls_finish_error(Owned& scope, rg::Error error) {
  scope.finish(error);  // BAD
  // GOOD: scope.finish(error).discard("a control");
}

void calls_supersede(Scope& scope, rg::Error error) {
  scope.overrule(error);  // BAD
  // GOOD: scope.overrule(error).discard("a control");
}

void calls_reset(Nic& nic) {
  rg::reset(nic, [](Scope& inner) { return BusReset::run(inner); });  // BAD
  // GOOD: rg::reset(nic, [](Scope& inner) { return BusReset::run(inner); }).discard("a control");
}

void calls_release(Nic& nic) {
  rg::release_quarantine(nic, "a test");  // BAD
  // GOOD: rg::release_quarantine(nic, "a test").discard("a control");
}

void calls_first() {
  rg::first_error(rg::ok(), rg::ok());  // BAD
  // GOOD: rg::first_error(rg::ok(), rg::ok()).discard("a control");
}

void calls_poll(Clock& clock) {
  rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [] { return true; });  // BAD
  // GOOD: rg::poll_until(clock, rg::PollTimes{10, 1}, "ready", [] { return true; }).discard("a control");
}

void calls_ok() {
  rg::ok();  // BAD
  // GOOD: rg::ok().discard("a control");
}

void calls_chain(Nic& nic) {
  chain.reset(nic);  // BAD
  // GOOD: chain.reset(nic).discard("a control");
}

rg::Status calls_finish_evidence(Owned& scope) {
  RESET_GUARD_TRY(auto evidence, BusReset::run(scope));
  scope.finish(RESET_GUARD_MOVE(evidence));  // BAD
  // GOOD: scope.finish(RESET_GUARD_MOVE(evidence)).discard("a control");
  return rg::ok();
}

struct Inside : rg::Step<Inside> {
  static void calls_done_if(Scope& scope) {
    pass_if(scope, rg::ok());  // BAD
    // GOOD: pass_if(scope, rg::ok()).discard("a control");
  }
};

void calls_run(Nic& nic, Scope& scope) {
  Flr::run(nic);  // BAD
  // GOOD: Flr::run(nic).discard("a control");
  Flr::run(scope);  // BAD
  // GOOD: Flr::run(scope).discard("a control");
}

struct Each : rg::Step<Each> {
  static rg::Status act(Nic&, int) noexcept { return rg::ok(); }
};

void calls_run_for(Scope& scope) {
  const int chips[] = {1, 2};
  Each::run_for(scope, 1, 1);  // BAD
  // GOOD: Each::run_for(scope, 1, 1).discard("a control");
  Each::run_for_each(scope, chips);  // BAD
  // GOOD: Each::run_for_each(scope, chips).discard("a control");
}

void calls_reset_by_steps(Nic& nic) {
  rg::reset<Flr>(nic);  // BAD
  // GOOD: rg::reset<Flr>(nic).discard("a control");
  rg::reset_for<rg::all_of<>, Flr>(nic);  // BAD
  // GOOD: rg::reset_for<rg::all_of<>, Flr>(nic).discard("a control");
  rg::reset_for<rg::all_of<>>(nic, [](Scope& inner) { return BusReset::run(inner); });  // BAD
  // GOOD: rg::reset_for<rg::all_of<>>(nic, [](Scope& inner) { return BusReset::run(inner); }).discard("a control");
}

struct Timed : Nic, Clock {};

void calls_poll_in_a_scope(rg::ResetScope<Timed>& scope) {
  rg::poll_until(scope, {10, 1}, "ready", [] { return true; });  // BAD
  // GOOD: rg::poll_until(scope, {10, 1}, "ready", [] { return true; }).discard("a control");
}
}  // namespace library_functions

// CASE: cast to void
// ENFORCED: by strict (g++: must_use; clang: typestate)
namespace library_functions_void_cast {
struct Clock {
  int time = 0;
  int now() const { return time; }
  void sleep(int duration) { time += duration; }
};

static constexpr rg::Method<Nic, BusReset> methods[] = {
    {"bus", [](const Nic&) noexcept { return rg::Probe{rg::Support::yes, ""}; },
     [](Nic& nic) { return rg::reset(nic, [](Scope& scope) { return BusReset::run(scope); }); }}};
static constexpr rg::MethodChain<Nic, BusReset> chain(methods);

void calls_enter(Nic& nic) {
  (void)Owned::enter(nic);  // BAD
  // GOOD: Owned::enter(nic).discard("a control");
}

void calls_finish(Owned& scope) {
  (void)scope.finish(BusReset::run(scope));  // BAD
  // GOOD: scope.finish(BusReset::run(scope)).discard("a control");
}

void calls_finish_error(Owned& scope, rg::Error error) {
  (void)scope.finish(error);  // BAD
  // GOOD: scope.finish(error).discard("a control");
}

void calls_supersede(Scope& scope, rg::Error error) {
  (void)scope.overrule(error);  // BAD
  // GOOD: scope.overrule(error).discard("a control");
}

void calls_reset(Nic& nic) {
  (void)rg::reset(nic, [](Scope& inner) { return BusReset::run(inner); });  // BAD
  // GOOD: rg::reset(nic, [](Scope& inner) { return BusReset::run(inner); }).discard("a control");
}

void calls_release(Nic& nic) {
  (void)rg::release_quarantine(nic, "a test");  // BAD
  // GOOD: rg::release_quarantine(nic, "a test").discard("a control");
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

void calls_chain(Nic& nic) {
  (void)chain.reset(nic);  // BAD
  // GOOD: chain.reset(nic).discard("a control");
}

rg::Status calls_finish_evidence(Owned& scope) {
  RESET_GUARD_TRY(auto evidence, BusReset::run(scope));
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

void calls_run(Nic& nic, Scope& scope) {
  (void)Flr::run(nic);  // BAD
  // GOOD: Flr::run(nic).discard("a control");
  (void)Flr::run(scope);  // BAD
  // GOOD: Flr::run(scope).discard("a control");
}

struct Each : rg::Step<Each> {
  static rg::Status act(Nic&, int) noexcept { return rg::ok(); }
};

void calls_run_for(Scope& scope) {
  const int chips[] = {1, 2};
  (void)Each::run_for(scope, 1, 1);  // BAD
  // GOOD: Each::run_for(scope, 1, 1).discard("a control");
  (void)Each::run_for_each(scope, chips);  // BAD
  // GOOD: Each::run_for_each(scope, chips).discard("a control");
}

void calls_reset_by_steps(Nic& nic) {
  (void)rg::reset<Flr>(nic);  // BAD
  // GOOD: rg::reset<Flr>(nic).discard("a control");
  (void)rg::reset_for<rg::all_of<>, Flr>(nic);  // BAD
  // GOOD: rg::reset_for<rg::all_of<>, Flr>(nic).discard("a control");
  (void)rg::reset_for<rg::all_of<>>(nic, [](Scope& inner) { return BusReset::run(inner); });  // BAD
  // GOOD: rg::reset_for<rg::all_of<>>(nic, [](Scope& inner) { return BusReset::run(inner); }).discard("a control");
}

struct Timed : Nic, Clock {};

void calls_poll_in_a_scope(rg::ResetScope<Timed>& scope) {
  (void)rg::poll_until(scope, {10, 1}, "ready", [] { return true; });  // BAD
  // GOOD: rg::poll_until(scope, {10, 1}, "ready", [] { return true; }).discard("a control");
}
}  // namespace library_functions_void_cast

// CASE: the answer of finish() ignored
namespace finish_ignored {
void with_verdict(Owned& scope) {
  scope.finish(BusReset::run(scope));  // BAD
  // GOOD: scope.finish(BusReset::run(scope)).discard("a control");
}

rg::Status with_evidence(Owned& scope) {
  RESET_GUARD_TRY(auto evidence, BusReset::run(scope));
  scope.finish(RESET_GUARD_MOVE(evidence));  // BAD
  // GOOD: scope.finish(RESET_GUARD_MOVE(evidence)).discard("a control");
  return rg::ok();
}

void with_error(Owned& scope) {
  scope.finish(rg::Error(rg::Errc::io, 0, "a test"));  // BAD
  // GOOD: scope.finish(rg::Error(rg::Errc::io, 0, "a test")).discard("a control");
}
}  // namespace finish_ignored

// CASE: the answer of overrule() ignored
namespace overrule_ignored {
void overrules(Scope& scope, rg::Error error) {
  scope.overrule(error);  // BAD
  // GOOD: scope.overrule(error).discard("a control");
}
}  // namespace overrule_ignored
