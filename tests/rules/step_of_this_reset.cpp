// RULE: Return evidence of the reset that the verdict ends.
// WHY: Evidence carries the epoch, which each outermost enter increments: evidence of an earlier reset proves nothing
//   about this one.
// ENFORCED: at run time
#include "device.hpp"

#include <new>
#include <optional>

// CASE: of the reset before
// PRINTS: invalid_evidence, DMA is blocked
// GOOD PRINTS: verified, DMA goes through
namespace step_of_this_reset {
#ifdef GOOD
rg::Verdict<Flr> reset_twice(Nic& nic) {
  RESET_GUARD_TRY([[maybe_unused]] auto kept, Flr::run(nic));
  return rg::reset(nic, [](Scope& scope) { return Flr::run(scope); });
}
#else
rg::Verdict<Flr> reset_twice(Nic& nic) {
  RESET_GUARD_TRY(auto kept, Flr::run(nic));
  return rg::reset(nic, [&](Scope&) -> rg::Verdict<Flr> { return std::move(kept); });
}
#endif

int main() {
  Nic nic;
  show(nic, reset_twice(nic));
  return 0;
}
}  // namespace step_of_this_reset

// CASE: kept from an earlier reset
// PRINTS: invalid_evidence
// GOOD PRINTS: verified
namespace earlier_reset {
int main() {
  Nic nic;
  std::optional<rg::Evidence<BusReset>> kept;
  auto keep = [&](Scope& scope) -> rg::Verdict<BusReset> {
    RESET_GUARD_TRY(auto evidence, BusReset::run(scope));
    kept.emplace(RESET_GUARD_MOVE(evidence));
    return BusReset::run(scope);
  };
  rg::reset(nic, keep).discard("the second reset is the test");
  auto replay = [&]([[maybe_unused]] Scope& scope) -> rg::Verdict<BusReset> {
    return RESET_GUARD_MOVE(*kept);  // BAD
    // GOOD: return BusReset::run(scope);
  };
  auto verdict = rg::reset(nic, replay);
  say(nic, RESET_GUARD_MOVE(verdict));
  return 0;
}
}  // namespace earlier_reset

// CASE: of a device that was plugged in anew at the same address
// PRINTS: invalid_evidence
// GOOD PRINTS: verified
namespace replugged {
int main() {
  alignas(Nic) unsigned char place[sizeof(Nic)];
  auto* nic = ::new (place) Nic;
  std::optional<rg::Evidence<BusReset>> kept;
  auto keep = [&](Scope& scope) -> rg::Verdict<BusReset> {
    RESET_GUARD_TRY(auto evidence, BusReset::run(scope));
    kept.emplace(RESET_GUARD_MOVE(evidence));
    return BusReset::run(scope);
  };
  rg::reset(*nic, keep).discard("the second reset is the test");
  const auto seed = nic->reset_state.epoch();
  nic->~Nic();
  nic = ::new (place) Nic{rg::ResetState(seed)};
  auto replay = [&]([[maybe_unused]] Scope& scope) -> rg::Verdict<BusReset> {
    return RESET_GUARD_MOVE(*kept);  // BAD
    // GOOD: return BusReset::run(scope);
  };
  auto verdict = rg::reset(*nic, replay);
  say(*nic, RESET_GUARD_MOVE(verdict));
  return 0;
}
}  // namespace replugged
