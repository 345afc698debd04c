// RULE: Resolve a failure before you return a success.
// WHY: A retry of the same step resolves it, or `overrule(error)`. Evidence of another step does not show that the
//   failure is fixed. The answer has the step and the native code of the unresolved failure.
// ENFORCED: at run time
#include "device.hpp"

// CASE: discarded
// PRINTS: unresolved_failure, DMA is blocked
// GOOD PRINTS: verified, DMA goes through
namespace failure_unresolved {
#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  auto flr = Flr::run(scope);
  if (flr.failed()) RESET_GUARD_CHECK(scope.overrule(std::move(flr).error()));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  auto flr = Flr::run(scope);
  if (flr.failed()) std::move(flr).discard("the bus reset will do");
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  show(nic, rg::reset(nic, handler));
  return 0;
}
}  // namespace failure_unresolved

// CASE: of a nested reset, and of a step
// PRINTS: unresolved_failure unresolved_failure
// GOOD PRINTS: timed_out timed_out
namespace unresolved {
rg::Verdict<BusReset> by_discard(Scope& scope) {
  Flr::run(scope.device()).discard("a test");  // BAD reset
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, Flr::run(scope.device()));
  return BusReset::run(scope);
}

rg::Verdict<BusReset> of_a_step(Scope& scope) {
  FirmwareAck::wait(scope).discard("a test");  // BAD step
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, FirmwareAck::wait(scope));
  return BusReset::run(scope);
}

int main() { return run(by_discard, of_a_step); }
}  // namespace unresolved

// CASE: two scopes further in
// PRINTS: unresolved_failure
// GOOD PRINTS: timed_out
namespace unresolved_inside {
struct CxlBus : rg::ResetStep<CxlBus> {
  using Witness = Finds;
  static rg::Status act(Scope& scope) {
    RESET_GUARD_TRY([[maybe_unused]] auto flr, Flr::run(scope));
    return rg::ok();
  }
};

rg::Verdict<BusReset> drops(Scope& scope) {
  CxlBus::run(scope.device()).discard("a test");  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, CxlBus::run(scope.device()));
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace unresolved_inside
