// RULE: Pass `overrule()` the very error that was recorded.
// WHY: A recorded error has a number. An error that was made by hand, or that comes from another device or an earlier
//   reset, matches nothing even if it looks the same.
// ENFORCED: at run time
#include "device.hpp"

#include <new>

// CASE: one that looks the same
// PRINTS: overrule: not_recorded, the reset: unresolved_failure
// GOOD PRINTS: overrule: ok, the reset: verified
namespace failure_named {
#ifdef GOOD
rg::Status overrule(Scope& scope, rg::Error error) { return scope.overrule(error); }
#else
rg::Status overrule(Scope& scope, rg::Error error) {
  return scope.overrule(rg::Error(error.code(), error.native(), rg::Literal::unchecked(error.where())));
}
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  std::printf("the reset: %s\n", word(rg::reset(nic, [](Scope& scope) {
                std::printf("overrule: %s, ", word(overrule(scope, error_of(Flr::run(scope))), "ok"));
                return BusReset::run(scope);
              })));
  return 0;
}
}  // namespace failure_named

// CASE: one that was never recorded
// PRINTS: not_recorded unresolved_failure
// GOOD PRINTS: verified
namespace overrule_unrecorded {
rg::Verdict<BusReset> pretends(Scope& scope) {
  auto flr = Flr::run(scope.device());
  if (!flr.failed()) return rg::Error(rg::Errc::invalid, 0, "not reached");
  [[maybe_unused]] const rg::Error recorded = RESET_GUARD_MOVE(flr).error();
  auto named = scope.overrule(rg::Error(rg::Errc::timed_out, -110, "flr"));  // BAD
  // GOOD: auto named = scope.overrule(recorded);
  if (named.failed()) puts(rg::to_string(RESET_GUARD_MOVE(named).error().code()));
  return BusReset::run(scope);
}

int main() { return run(pretends); }
}  // namespace overrule_unrecorded

// CASE: one of a device that was plugged in anew at the same address
// PRINTS: timed_out
// GOOD PRINTS: verified
namespace replugged_error {
int main() {
  alignas(Nic) char place[sizeof(Nic)];
  auto* old = ::new (static_cast<void*>(place)) Nic;
  old->flr_works = false;
  auto first = Flr::run(*old);
  if (!first.failed()) return RESET_GUARD_MOVE(first).discard("a test"), 1;
  const rg::Error stale = RESET_GUARD_MOVE(first).error();
  const auto seed = old->reset_state.epoch();
  old->~Nic();
  auto* nic = ::new (static_cast<void*>(place)) Nic{rg::ResetState(seed), false, false};
  auto verdict = rg::reset(*nic, [&](Scope& scope) -> rg::Verdict<BusReset> {
    auto flr = Flr::run(scope.device());
    if (!flr.failed()) return rg::Error(rg::Errc::io, 0, "a test");
    const rg::Error error = RESET_GUARD_MOVE(flr).error();
    const rg::Error& named = error.native() == 0 ? error : stale;  // BAD
    // GOOD: const rg::Error& named = stale.native() == 0 ? stale : error;
    RESET_GUARD_CHECK(scope.overrule(named));
    return BusReset::run(scope);
  });
  say(*nic, RESET_GUARD_MOVE(verdict));
  return 0;
}
}  // namespace replugged_error
