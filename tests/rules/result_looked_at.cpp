// RULE: Look at every result.
// WHY: The types are `[[nodiscard]]`, and `RESET_GUARD_STRICT` makes the warning an error.
// ENFORCED: by strict (nodiscard; clang: typestate), at run time except status
// FOR EACH: reset, step, status
// PRINTS: unresolved_failure
// PRINTS status: verified
#include "device.hpp"

// CASE: a call whose result nobody takes, of a function with RESET_GUARD_MUST_USE
// ENFORCED: by strict (nodiscard; clang: typestate)
// FOR EACH: as written
// MESSAGE: reset_guard: it may be a failure; use RESET_GUARD_TRY, RESET_GUARD_CHECK or failed(), or drop it by
//   discard(reason)
namespace result_looked_at {
#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_CHECK(load_firmware(scope.device()));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  load_firmware(scope.device());
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
}  // namespace result_looked_at

// CASE: a call whose result nobody takes
namespace ignored {
rg::Verdict<BusReset> drops(Scope& scope) {
  Flr::run(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace ignored

// CASE: in the head of a for
namespace ignored_in_a_loop {
rg::Verdict<BusReset> drops(Scope& scope) {
  for (int i = 0; i < 1; Flr::run(scope.device())) ++i;  // BAD
  // GOOD: for (int i = 0; i < 1; Flr::run(scope.device()).discard("a control")) ++i;
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace ignored_in_a_loop

// CASE: in a lambda
namespace ignored_in_lambda {
rg::Verdict<BusReset> drops(Scope& scope) {
  const auto act = [&] { Flr::run(scope.device()); };  // BAD
  // GOOD: const auto act = [&] { Flr::run(scope.device()).discard("a control"); };
  act();
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace ignored_in_lambda

// CASE: left of a comma
namespace ignored_left_of_comma {
rg::Verdict<BusReset> drops(Scope& scope) {
  int code = (Flr::run(scope.device()), 0);  // BAD
  // GOOD: int code = (Flr::run(scope.device()).discard("a control"), 0);
  if (code != 0) scope.touch();
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace ignored_left_of_comma

// CASE: on the branch of an if
namespace ignored_on_a_branch {
rg::Verdict<BusReset> drops(Scope& scope) {
  if (scope.outermost()) Flr::run(scope.device());  // BAD
  // GOOD: if (scope.outermost()) Flr::run(scope.device()).discard("a control");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace ignored_on_a_branch

// CASE: on a path that is never executed
// ENFORCED: by strict (nodiscard; clang: typestate)
namespace never_executed {
rg::Verdict<BusReset> drops(Scope& scope) {
  if (scope.depth() == 99) Flr::run(scope.device());  // BAD
  // GOOD: if (scope.depth() == 99) Flr::run(scope.device()).discard("a control");
  return BusReset::run(scope);
}
}  // namespace never_executed

// CASE: left of a comma in RESET_GUARD_CHECK
namespace comma_in_check {
rg::Verdict<BusReset> drops(Scope& scope) {
  RESET_GUARD_CHECK(Flr::run(scope.device()), rg::ok());  // BAD
  // GOOD: RESET_GUARD_CHECK(rg::ok());
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace comma_in_check

// CASE: from a template that forwards
namespace forwarded {
template <class Act>
auto forward(Act act) {
  return act();
}

rg::Verdict<BusReset> drops(Scope& scope) {
  forward([&] { return Flr::run(scope.device()); });  // BAD
  // GOOD: forward([&] { return Flr::run(scope.device()); }).discard("a control");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace forwarded

// CASE: from a lambda
namespace lambda {
rg::Verdict<BusReset> drops(Scope& scope) {
  const auto call = [&]() -> rg::Verdict<Flr> { return Flr::run(scope.device()); };
  call();  // BAD
  // GOOD: call().discard("a control");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace lambda

// CASE: through a function pointer
// ENFORCED: by strict (nodiscard), at run time except status
namespace pointer {
static rg::Verdict<Flr> target(Scope& scope) { return Flr::run(scope.device()); }

rg::Verdict<BusReset> drops(Scope& scope) {
  rg::Verdict<Flr> (*const call)(Scope&) = target;
  call(scope);  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, call(scope));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace pointer

// CASE: through a table of function pointers
// ENFORCED: by strict (nodiscard), at run time except status
namespace member_pointer {
static rg::Verdict<Flr> target(Scope& scope) { return Flr::run(scope.device()); }

struct Table {
  rg::Verdict<Flr> (*call)(Scope&);
};
static constexpr Table table{&target};

rg::Verdict<BusReset> drops(Scope& scope) {
  table.call(scope);  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, table.call(scope));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace member_pointer

// CASE: through a virtual function whose override has no attribute
// FOR EACH: as written
// PRINTS: unresolved_failure unresolved_failure verified
namespace override {
struct Base {
  virtual rg::Verdict<Flr> scope(Scope&) const = 0;
  virtual rg::Verdict<FirmwareAck> step(Scope&) const = 0;
  virtual rg::Status status(Scope&) const = 0;

 protected:
  ~Base() = default;
};
struct Derived final : Base {
  rg::Verdict<Flr> scope(Scope& scope) const override { return Flr::run(scope.device()); }
  rg::Verdict<FirmwareAck> step(Scope& scope) const override { return FirmwareAck::wait(scope); }
  rg::Status status(Scope& scope) const override { return attempt(scope.device()); }
};

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  const Derived derived;
  const Base& base = derived;
  base.scope(scope);  // BAD reset
  // GOOD: base.scope(scope).discard("a control");
  return BusReset::run(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  const Derived derived;
  const Base& base = derived;
  base.step(scope);  // BAD step
  // GOOD: base.step(scope).discard("a control");
  return BusReset::run(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  const Derived derived;
  const Base& base = derived;
  base.status(scope);  // BAD status
  // GOOD: base.status(scope).discard("a control");
  return BusReset::run(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
}  // namespace override

// CASE: of each type that may be a failure or evidence, from functions without an attribute
// ENFORCED: by strict (nodiscard; clang: typestate except error evidence)
// FOR EACH: as written
namespace types {
rg::Result<int> number() { rg::trap("never called"); }
rg::Evidence<Flr> evidence() { rg::trap("never called"); }
rg::Error error() { rg::trap("never called"); }
rg::Verdict<Flr, FirmwareAck> verdict() { rg::trap("never called"); }

void drops_number() {
  number();  // BAD number
  // GOOD: number().discard("a control");
}

void drops_evidence() {
  evidence();  // BAD evidence
  // GOOD: [[maybe_unused]] auto kept = evidence();
}

void drops_error() {
  error();  // BAD error
  // GOOD: [[maybe_unused]] auto kept = error();
}

void drops_verdict() {
  verdict();  // BAD verdict
  // GOOD: verdict().discard("a control");
}
}  // namespace types
