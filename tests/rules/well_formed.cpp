// RULE: A handler of any of these shapes compiles without a warning, in strict mode and with each compiler.
// WHY: A rule that refuses correct code would be switched off.
#include "device.hpp"

#include <optional>
#include <utility>

// CASE: A handler that is an object
namespace class_handler {
class Handler {
 public:
  explicit Handler(int tries) : tries_(tries) {}
  rg::Verdict<Flr> operator()(Scope& scope) const {
    for (int i = 1; i < tries_; ++i) {
      auto flr = Flr::run(scope.device());
      if (!flr.failed()) return flr;
      if (RESET_GUARD_MOVE(flr).error().code() != rg::Errc::timed_out) break;
    }
    return Flr::run(scope.device());
  }

 private:
  int tries_;
};

rg::Verdict<Flr> act(Nic& nic) { return rg::reset(nic, Handler(3)); }
}  // namespace class_handler

// CASE: Clean-up that runs whatever the answer is, its error second
namespace clean_up {
static rg::Status restore(Nic& nic) { return attempt(nic); }

rg::Verdict<Flr> handler(Scope& scope) {
  auto flr = Flr::run(scope.device());
  auto restored = restore(scope.device());
  return rg::first_error(RESET_GUARD_MOVE(flr), RESET_GUARD_MOVE(restored));
}
}  // namespace clean_up

// CASE: What is dropped on purpose, with its reason
namespace discard_case {
void best_effort(Nic& nic) {
  attempt(nic).discard("best effort");
  auto verdict = Flr::run(nic);
  RESET_GUARD_MOVE(verdict).discard("best effort");
}
}  // namespace discard_case

// CASE: A do loop that stops at the first success
namespace do_while {
rg::Status act(Nic& nic) {
  int left = 3;
  do {
    auto status = attempt(nic);
    if (!status.failed()) return status;
    if (RESET_GUARD_MOVE(status).error().code() == rg::Errc::gone) break;
  } while (--left > 0);
  return rg::Error(rg::Errc::timed_out, 0, "act");
}
}  // namespace do_while

// CASE: A step whose work answers with a Status
namespace done_if {
struct Restored : rg::Step<Restored> {
  RESET_GUARD_MUST_USE static rg::Verdict<Restored> in(Scope& scope) { return pass_if(scope, attempt(scope.device())); }
};

rg::Verdict<Flr, Restored> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  RESET_GUARD_TRY(auto restored, Restored::in(scope));
  return rg::join(RESET_GUARD_MOVE(flr), RESET_GUARD_MOVE(restored));
}
}  // namespace done_if

// CASE: A look, and an early return with an error of its own
namespace early_return {
rg::Verdict<Flr> handler(Scope& scope) {
  if (scope.device().dma_blocked) return rg::Error(rg::Errc::unsupported, 0, "not mine");
  auto flr = Flr::run(scope.device());
  if (flr.failed()) return RESET_GUARD_MOVE(flr).error();
  return flr;
}
}  // namespace early_return

// CASE: A chain by hand: the second reset names the failure of the first
namespace fallback {
rg::Verdict<BusReset> handler(Scope& scope) {
  auto first = Flr::run(scope.device());
  if (first.failed()) {
    RESET_GUARD_CHECK(scope.overrule(RESET_GUARD_MOVE(first).error()));
  } else {
    RESET_GUARD_MOVE(first).discard("the bus is reset in any case");
  }
  return BusReset::run(scope);
}
}  // namespace fallback

// CASE: The next method only after unsupported
namespace fallback_if_unsupported {
struct Any : rg::ResetStep<Any> {
  using proved_by = rg::any_of<Flr, BusReset>;
};

rg::Verdict<Any> handler(Scope& scope) {
  auto first = Flr::run(scope.device());
  if (!first.failed()) return RESET_GUARD_MOVE(first).take();
  const rg::Error error = RESET_GUARD_MOVE(first).error();
  if (error.code() != rg::Errc::unsupported) return error;
  RESET_GUARD_TRY(auto bus, BusReset::run(scope));
  return bus;
}
}  // namespace fallback_if_unsupported

// CASE: A generic lambda, and a result passed on by it
namespace generic_lambda {
rg::Status act(Nic& nic) {
  const auto named = [](auto result, rg::Literal where) {
    if (!result.failed()) return result;
    const rg::Error error = RESET_GUARD_MOVE(result).error();
    return decltype(result)(rg::Error(error.code(), error.native(), where));
  };
  RESET_GUARD_TRY([[maybe_unused]] auto flr, named(Flr::run(nic), "flr"));
  return named(attempt(nic), "attempt");
}
}  // namespace generic_lambda

// CASE: A C-style exit label
namespace goto_out {
rg::Status act(Nic& nic) {
  rg::Error error(rg::Errc::io, 0, "act");
  auto first = attempt(nic);
  if (first.failed()) {
    error = RESET_GUARD_MOVE(first).error();
    goto out;
  }
  return first;
out:
  nic.dma_blocked = true;
  return error;
}
}  // namespace goto_out

// CASE: The hooks of a device that can fail
namespace hooks {
struct Other {
  rg::ResetState reset_state;
  Nic* bridge = nullptr;

  rg::Status reset_prepare() noexcept {
    if (bridge == nullptr) return rg::ok();
    RESET_GUARD_CHECK(attempt(*bridge));
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome == rg::Outcome::failed || bridge == nullptr) return rg::ok();
    return attempt(*bridge);
  }
};

rg::Status release(Other& nic) { return rg::release_quarantine(nic, "replaced by hand"); }
}  // namespace hooks

// CASE: Both branches take what there is
namespace if_else {
int act(Nic& nic) {
  auto verdict = Flr::run(nic);
  if (verdict.failed()) {
    return RESET_GUARD_MOVE(verdict).error().native();
  } else {
    RESET_GUARD_MOVE(verdict).discard("whether it worked was the question");
    return 0;
  }
}
}  // namespace if_else

// CASE: The result lives in the if
namespace if_with_initialiser {
rg::Status act(Nic& nic) {
  if (auto status = attempt(nic); status.failed()) return RESET_GUARD_MOVE(status).error();
  return rg::ok();
}
}  // namespace if_with_initialiser

// CASE: A handler as a lambda with captures
namespace lambda_handler {
rg::Verdict<Flr> act(Nic& nic, int& tries) {
  return rg::reset(nic, [&tries](Scope& scope) -> rg::Verdict<Flr> {
    ++tries;
    RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
    return flr;
  });
}
}  // namespace lambda_handler

// CASE: Each of several must succeed
namespace loop_with_check {
rg::Status act(Nic (&devices)[4]) {
  for (Nic& nic : devices) RESET_GUARD_CHECK(attempt(nic));
  return rg::ok();
}
}  // namespace loop_with_check

// CASE: A device that is gone is skipped, by its code
namespace loop_with_continue {
rg::Status act(Nic (&devices)[4]) {
  for (Nic& nic : devices) {
    auto status = attempt(nic);
    if (!status.failed()) {
      RESET_GUARD_MOVE(status).discard("went well");
      continue;
    }
    const rg::Error error = RESET_GUARD_MOVE(status).error();
    if (error.code() == rg::Errc::gone) continue;
    return error;
  }
  return rg::ok();
}
}  // namespace loop_with_continue

// CASE: A result kept as a member of an aggregate, and handled explicitly
namespace member_result {
struct Attempt {
  rg::Status status;
  bool failed() const { return status.failed(); }
  rg::Status finish() && { return RESET_GUARD_MOVE(status); }
};

rg::Status act(Nic& nic) {
  Attempt first{attempt(nic)};
  if (first.failed()) puts("failed");
  return RESET_GUARD_MOVE(first).finish();
}
}  // namespace member_result

// CASE: The library's chain
// STANDARD: C++20
namespace method_chain {
static rg::Probe always(const Nic&) noexcept { return {rg::Support::yes, ""}; }
static rg::Verdict<Flr> by_flr(Nic& nic) { return Flr::run(nic); }
static constexpr rg::Method<Nic, Flr> methods[] = {{"flr", always, by_flr}};

rg::Verdict<Flr> act(Nic& nic) {
  constexpr rg::MethodChain<Nic, Flr> chain(methods);
  return chain.reset(nic, {.fall_back_after_timeout = true});
}
}  // namespace method_chain

// CASE: A table of function pointers, tried in order
namespace method_table {
struct Any : rg::ResetStep<Any> {
  using proved_by = rg::any_of<Flr, BusReset>;
};
using Handler = rg::Verdict<Any> (*)(Scope&);

static rg::Verdict<Any> by_flr(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  return flr;
}
static rg::Verdict<Any> by_bus(Scope& scope) {
  RESET_GUARD_TRY(auto bus, BusReset::run(scope));
  return bus;
}
static constexpr Handler handlers[] = {by_flr, by_bus};

rg::Verdict<Any> act(Nic& nic) {
  for (Handler handler : handlers) {
    auto verdict = rg::reset(nic, handler);
    if (!verdict.failed()) return verdict;
    const rg::Error error = RESET_GUARD_MOVE(verdict).error();
    if (error.code() != rg::Errc::unsupported) return error;
  }
  return rg::Error(rg::Errc::unsupported, 0, "no method");
}
}  // namespace method_table

// CASE: Several results alive at once, in nested blocks
namespace nested_blocks {
rg::Status act(Nic& a, Nic& b) {
  auto first = attempt(a);
  if (!first.failed()) {
    auto second = attempt(b);
    if (second.failed()) {
      RESET_GUARD_MOVE(first).discard("the second failed");
      return RESET_GUARD_MOVE(second).error();
    }
    RESET_GUARD_MOVE(second).discard("both went well");
    return first;
  }
  return RESET_GUARD_MOVE(first).error();
}
}  // namespace nested_blocks

// CASE: A step that is done on some devices only
namespace optional_evidence {
rg::Verdict<Flr> handler(Scope& scope, bool has_firmware) {
  std::optional<rg::Evidence<FirmwareAck>> ack;
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  if (has_firmware) {
    RESET_GUARD_TRY(auto acked, FirmwareAck::wait(scope));
    ack.emplace(RESET_GUARD_MOVE(acked));
  }
  if (has_firmware != ack.has_value()) return rg::Error(rg::Errc::invalid, 0, "handler");
  return flr;
}
}  // namespace optional_evidence

// CASE: A result handed on with a move
namespace passed_as_rvalue {
static rg::Status consume(rg::Status status) { return status; }

rg::Status act(Nic& nic) {
  auto status = attempt(nic);
  return consume(RESET_GUARD_MOVE(status));
}
}  // namespace passed_as_rvalue

// CASE: A result handed from function to function, by value
namespace passed_through {
static rg::Verdict<Flr> log_it(rg::Verdict<Flr> verdict) {
  puts(verdict.failed() ? "failed" : "done");
  return verdict;
}
static rg::Verdict<Flr> name_it(rg::Verdict<Flr> verdict) {
  if (!verdict.failed()) return verdict;
  const rg::Error error = RESET_GUARD_MOVE(verdict).error();
  return rg::Error(error.code(), error.native(), "named");
}

rg::Verdict<Flr> act(Nic& nic) { return name_it(log_it(Flr::run(nic))); }
}  // namespace passed_through

// CASE: Polling, and a condition that can itself fail
namespace poll {
struct Clock {
  int time = 0;
  int now() const { return time; }
  void sleep(int duration) { time += duration; }
};

rg::Status act(Nic& nic, Clock& clock) {
  RESET_GUARD_CHECK(rg::poll_until(clock, rg::PollTimes{100, 1, 8}, "idle", [&] { return !nic.dma_blocked; }));
  return rg::poll_until(clock, rg::PollTimes{100, 1}, "ready", [&]() -> rg::Result<bool> {
    RESET_GUARD_CHECK(attempt(nic));
    return !nic.dma_blocked;
  });
}
}  // namespace poll

// CASE: A function that calls itself, and hands up what it gets
namespace recursion {
rg::Status act(Nic& nic, int depth) {
  if (depth == 0) return attempt(nic);
  auto status = act(nic, depth - 1);
  if (status.failed()) return RESET_GUARD_MOVE(status).error();
  return status;
}
}  // namespace recursion

// CASE: The same step again, while it times out
namespace retry_loop {
rg::Verdict<Flr> handler(Scope& scope) {
  for (int left = 3;; --left) {
    auto flr = Flr::run(scope.device());
    if (!flr.failed()) return flr;
    const rg::Error error = RESET_GUARD_MOVE(flr).error();
    if (left == 0 || error.code() != rg::Errc::timed_out) return error;
  }
}
}  // namespace retry_loop

// CASE: A while loop that keeps the last error
namespace retry_while {
rg::Status act(Nic& nic) {
  rg::Error last(rg::Errc::invalid, 0, "not tried");
  int left = 3;
  while (left-- > 0) {
    auto status = attempt(nic);
    if (!status.failed()) return status;
    last = RESET_GUARD_MOVE(status).error();
  }
  return last;
}
}  // namespace retry_while

// CASE: enter() and finish() without reset()
namespace scope_by_hand {
rg::Verdict<BusReset> act(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  return scope.finish(BusReset::run(scope));
}

rg::Status give_up(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  auto status = attempt(nic);
  if (status.failed()) return scope.finish(RESET_GUARD_MOVE(status).error());
  RESET_GUARD_MOVE(status).discard("the evidence is what counts");
  RESET_GUARD_TRY([[maybe_unused]] auto evidence, scope.finish(BusReset::run(scope)));
  return rg::ok();
}
}  // namespace scope_by_hand

// CASE: One step, handed up
namespace simple_handler {
rg::Verdict<Flr> handler(Scope& scope) { return Flr::run(scope.device()); }
}  // namespace simple_handler

// CASE: A result moved by std::move
namespace std_move {
rg::Status consume(rg::Status status) { return status; }

rg::Status act(Nic& nic) {
  auto status = attempt(nic);
  if (status.failed()) return std::move(status).error();
  return consume(std::move(status));
}
}  // namespace std_move

// CASE: A value with members, taken apart
namespace structured_bindings {
struct Bar {
  unsigned long address;
  unsigned size;
};

static rg::Result<Bar> read_bar(Nic& nic) {
  RESET_GUARD_CHECK(attempt(nic));
  return Bar{0x1000, 16};
}

rg::Result<unsigned> act(Nic& nic) {
  RESET_GUARD_TRY(const Bar bar, read_bar(nic));
  const auto [address, size] = bar;
  return static_cast<unsigned>(address) + size;
}
}  // namespace structured_bindings

// CASE: A pair of a value and evidence, taken apart
namespace structured_bindings_of_evidence {
struct Answer {
  rg::Evidence<Flr> evidence;
  int tries;
};

static rg::Result<Answer> try_it(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  return Answer{RESET_GUARD_MOVE(flr), 1};
}

rg::Verdict<Flr> handler(Scope& scope) {
  RESET_GUARD_TRY(auto answer, try_it(scope));
  auto& [evidence, tries] = answer;
  if (tries > 3) scope.touch();
  return RESET_GUARD_MOVE(evidence);
}
}  // namespace structured_bindings_of_evidence

// CASE: The success branch comes first
namespace success_first {
rg::Verdict<Flr> handler(Scope& scope) {
  auto flr = Flr::run(scope.device());
  if (!flr.failed()) return flr;
  const rg::Error error = RESET_GUARD_MOVE(flr).error();
  return rg::Error(error.code(), error.native(), "handler");
}
}  // namespace success_first

// CASE: A switch over the method
namespace switch_between_methods {
struct Any : rg::ResetStep<Any> {
  using proved_by = rg::any_of<Flr, BusReset>;
};

rg::Verdict<Any> handler(Scope& scope, int method) {
  switch (method) {
    case 0: {
      RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
      return flr;
    }
    case 1: {
      RESET_GUARD_TRY(auto bus, BusReset::run(scope));
      return bus;
    }
    default: return rg::Error(rg::Errc::unsupported, method, "no such method");
  }
}
}  // namespace switch_between_methods

// CASE: A switch over what went wrong
namespace switch_on_code {
rg::Status act(Nic& nic) {
  auto status = attempt(nic);
  if (!status.failed()) return status;
  const rg::Error error = RESET_GUARD_MOVE(status).error();
  switch (error.code()) {
    case rg::Errc::gone: return error;
    case rg::Errc::busy: return attempt(nic);
    case rg::Errc::timed_out: nic.dma_blocked = true; return error;
    default: return rg::Error(rg::Errc::io, error.native(), "act");
  }
}
}  // namespace switch_on_code

// CASE: A handler that is a template over its step
namespace template_handler {
template <class First>
rg::Verdict<First> handler(Scope& scope) {
  auto verdict = First::run(scope);
  if (verdict.failed()) return RESET_GUARD_MOVE(verdict).error();
  return RESET_GUARD_MOVE(verdict).take();
}

template <class First>
rg::Verdict<First> act(Nic& nic) {
  return rg::reset(nic, handler<First>);
}

template rg::Verdict<BusReset> act<BusReset>(Nic&);
}  // namespace template_handler

// CASE: A step with a parameter
namespace template_step {
enum class Power { d0, d3hot };

template <Power power>
struct SetPower : rg::Step<SetPower<power>> {
  RESET_GUARD_MUST_USE static rg::Verdict<SetPower> in(Scope& scope) {
    if (!scope.device().firmware_answers) return SetPower::fail(scope, rg::Error(rg::Errc::io, -5, "power"));
    return SetPower::pass(scope);
  }
};

struct Cycle : rg::ResetStep<Cycle> {
  using Witness = Finds;
  static rg::Status act(Scope& scope) {
    RESET_GUARD_TRY([[maybe_unused]] auto down, SetPower<Power::d3hot>::in(scope));
    RESET_GUARD_TRY([[maybe_unused]] auto up, SetPower<Power::d0>::in(scope));
    return rg::ok();
  }
};
}  // namespace template_step

// CASE: The value of a result, in a condition and in a sum
namespace try_in_expression {
static rg::Result<int> number(Nic& nic) {
  if (nic.dma_blocked) return rg::Error(rg::Errc::busy, 0, "number");
  return 7;
}

rg::Result<int> act(Nic& a, Nic& b) {
  RESET_GUARD_TRY(const int first, number(a));
  RESET_GUARD_TRY(const int second, number(b));
  if (first > second) return rg::Error(rg::Errc::invalid, first, "act");
  return first + second;
}
}  // namespace try_in_expression

// CASE: RESET_GUARD_TRY twice on a line, with a structured binding, and with a type that has a comma
namespace try_twice {
struct Pair {
  int first, second;
};
template <class A, class B>
struct Both {
  A a;
  B b;
};

rg::Result<int> number(int n) {
  if (n < 0) return rg::Error(rg::Errc::invalid, n, "number");
  return n;
}
rg::Result<Pair> pair(int n) { return Pair{n, n}; }
rg::Result<Both<int, int>> both(int n) { return Both<int, int>{n, n}; }

rg::Result<int> act(int n) {
  RESET_GUARD_TRY(int a, number(n)); RESET_GUARD_TRY(int b, number(n + 1));
  RESET_GUARD_TRY((auto [c, d]), pair(n));
  RESET_GUARD_TRY((const Both<int, int> e), both(n));
  return a + b + c + d + e.a;
}
}  // namespace try_twice

// CASE: Two steps, whose evidence is joined
namespace two_steps {
rg::Verdict<Flr, FirmwareAck> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  RESET_GUARD_TRY(auto ack, FirmwareAck::wait(scope));
  return rg::join(RESET_GUARD_MOVE(flr), RESET_GUARD_MOVE(ack));
}
}  // namespace two_steps

// CASE: Statuses of several devices, in a template with a pack
namespace variadic {
template <class... Devices>
rg::Status all(Devices&... devices) {
  rg::Status joined = rg::ok();
  const auto one = [](rg::Status first, rg::Status second) {
    return rg::first_error(RESET_GUARD_MOVE(first), RESET_GUARD_MOVE(second));
  };
  if constexpr (sizeof...(devices) == 2) {
    return one(RESET_GUARD_MOVE(joined), one(attempt(devices)...));
  } else {
    return joined;
  }
}

rg::Status two(Nic& a, Nic& b) { return all(a, b); }
rg::Status none() { return all(); }
}  // namespace variadic
