// RULE: Use a variable that holds a result.
// WHY: The types are `[[gnu::warn_unused]]`, so that compilers warn although the types have a destructor.
// ENFORCED: by strict (variable), at run time except status
// FOR EACH: reset, step, status
// PRINTS: unresolved_failure
// PRINTS status: verified
#include "device.hpp"

// CASE: a variable that is never read
// ENFORCED: by strict (variable; clang: typestate), at run time except status
namespace never_read {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace never_read

// CASE: with the type written out
// ENFORCED: by strict (variable; clang: typestate), at run time except status
namespace never_read_direct {
rg::Verdict<BusReset> drops(Scope& scope) {
  rg::Verdict<Flr> result(Flr::run(scope.device()));  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace never_read_direct

// CASE: in the head of a range-based for
// STANDARD: C++20
namespace range_for {
[[maybe_unused]] constexpr int twice[] = {1, 2};

rg::Verdict<BusReset> drops(Scope& scope) {
  for (auto result = Flr::run(scope.device()); int each : twice) (void)each;  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace range_for

// CASE: a reference to const
namespace const_reference {
rg::Verdict<BusReset> drops(Scope& scope) {
  const auto& result = Flr::run(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace const_reference

// CASE: a reference to an rvalue
namespace rvalue_reference {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto&& result = Flr::run(scope.device());  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace rvalue_reference

// CASE: of each type that may be a failure or evidence
// ENFORCED: by strict (variable; clang: typestate except evidence)
// FOR EACH: as written
namespace variables {
rg::Result<int> number() { rg::trap("never called"); }
rg::Evidence<Flr> evidence() { rg::trap("never called"); }
rg::Verdict<Flr, FirmwareAck> verdict() { rg::trap("never called"); }

void drops_number() {
  auto kept = number();  // BAD number
  // GOOD: number().discard("a control");
}

void drops_evidence() {
  auto kept = evidence();  // BAD evidence
  // GOOD: [[maybe_unused]] auto kept = evidence();
}

void drops_verdict() {
  auto kept = verdict();  // BAD verdict
  // GOOD: verdict().discard("a control");
}
}  // namespace variables
