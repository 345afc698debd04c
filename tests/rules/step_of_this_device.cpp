// RULE: Return evidence of the device that is reset.
// WHY: Evidence carries the address of the device's state. The types cannot distinguish two devices of one type.
// ENFORCED: at run time
#include "device.hpp"

// CASE: of the second of two devices
// PRINTS: invalid_evidence, DMA is blocked
// GOOD PRINTS: verified, DMA goes through
namespace step_of_this_device {
#ifdef GOOD
rg::Verdict<Flr> reset_both(Nic& first, Nic& second) {
  return rg::reset(first, [&](Scope& scope) -> rg::Verdict<Flr> {
    RESET_GUARD_TRY([[maybe_unused]] auto of_the_second, Flr::run(second));
    return Flr::run(scope);
  });
}
#else
rg::Verdict<Flr> reset_both(Nic& first, Nic& second) {
  return rg::reset(first, [&](Scope&) -> rg::Verdict<Flr> { return Flr::run(second); });
}
#endif

int main() {
  Nic first, second;
  show(first, reset_both(first, second));
  return 0;
}
}  // namespace step_of_this_device

// CASE: of another device
// PRINTS: invalid_evidence
// GOOD PRINTS: verified
namespace another_device {
int main() {
  Nic nic, other;
  Nic& wrong = other;  // BAD
  // GOOD: Nic& wrong = nic;
  auto verdict = rg::reset(nic, [&](Scope&) -> rg::Verdict<Flr> { return Flr::run(wrong); });
  say(nic, RESET_GUARD_MOVE(verdict));
  return 0;
}
}  // namespace another_device

// CASE: joined, of two devices
// PRINTS: invalid_evidence
// GOOD PRINTS: verified
namespace of_two_devices {
int main() {
  Nic nic, other;
  Nic& wrong = other;  // BAD
  // GOOD: Nic& wrong = nic;
  auto mixed = [&](Scope& scope) -> rg::Verdict<Flr, BusReset> {
    RESET_GUARD_TRY(auto flr, Flr::run(wrong));
    RESET_GUARD_TRY(auto bus, BusReset::run(scope));
    return rg::join(RESET_GUARD_MOVE(flr), RESET_GUARD_MOVE(bus));
  };
  auto verdict = rg::reset(nic, mixed);
  say(nic, RESET_GUARD_MOVE(verdict));
  return 0;
}
}  // namespace of_two_devices
