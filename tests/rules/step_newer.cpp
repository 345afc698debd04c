// RULE: Return evidence that is newer than the last failed reset step.
// WHY: A reset that failed half-way may have undone earlier work, even if its failure was overruled.
// ENFORCED: at run time
#include "device.hpp"

// CASE: kept while another step fails
// PRINTS: invalid_evidence, DMA is blocked
// GOOD PRINTS: verified, DMA goes through
namespace step_newer {
#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  auto flr = Flr::run(scope);
  if (flr.failed()) RESET_GUARD_CHECK(scope.overrule(std::move(flr).error()));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_TRY(auto reset, BusReset::run(scope));
  auto flr = Flr::run(scope);
  if (flr.failed()) RESET_GUARD_CHECK(scope.overrule(std::move(flr).error()));
  return reset;
}
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  show(nic, rg::reset(nic, handler));
  return 0;
}
}  // namespace step_newer

// CASE: kept while a nested reset fails
// PRINTS: invalid_evidence
// GOOD PRINTS: verified
namespace overtaken {
rg::Verdict<BusReset> overtaken(Scope& scope) {
  RESET_GUARD_TRY([[maybe_unused]] auto evidence, BusReset::run(scope));
  auto flr = Flr::run(scope.device());
  if (flr.failed()) RESET_GUARD_CHECK(scope.overrule(RESET_GUARD_MOVE(flr).error()));
  return evidence;  // BAD
  // GOOD: return BusReset::run(scope);
}

int main() { return run(overtaken); }
}  // namespace overtaken

// CASE: kept, and the failure overruled by name
// PRINTS: invalid_evidence
// GOOD PRINTS: verified
namespace before_an_overruled_failure {
int main() {
  Nic nic;
  nic.flr_works = false;
  auto verdict = rg::reset(nic, [](Scope& scope) -> rg::Verdict<BusReset> {
    RESET_GUARD_TRY([[maybe_unused]] auto before, BusReset::run(scope));
    auto flr = Flr::run(scope.device());
    if (!flr.failed()) return rg::Error(rg::Errc::io, 0, "a test");
    RESET_GUARD_CHECK(scope.overrule(RESET_GUARD_MOVE(flr).error()));
    return before;  // BAD
    // GOOD: return BusReset::run(scope);
  });
  say(nic, RESET_GUARD_MOVE(verdict));
  return 0;
}
}  // namespace before_an_overruled_failure
