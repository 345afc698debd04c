// RULE: Put at least one `ResetStep` into a handler's verdict.
// WHY: An answer from the firmware is not a reset.
// ENFORCED: by types
#include "device.hpp"

// CASE: a firmware that answers
// MESSAGE: reset_guard: this handler's verdict resets nothing: it needs evidence of at least one ResetStep
namespace handler_reset_step {
#ifdef GOOD
rg::Verdict<Flr, Firmware> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope));
  RESET_GUARD_TRY(auto awake, Firmware::run(scope));
  return rg::join(std::move(flr), std::move(awake));
}
#else
rg::Verdict<Firmware> handler(Scope& scope) {
  RESET_GUARD_TRY(auto awake, Firmware::run(scope));
  return awake;
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
}  // namespace handler_reset_step

// CASE: by a lambda, and by a pointer
// MESSAGE: reset_guard: this handler's verdict resets nothing
namespace handler_resets_nothing {
void by_lambda(Nic& nic) {
  rg::reset(nic, [](Scope& scope) -> rg::Verdict<FirmwareAck> { return FirmwareAck::wait(scope); }).discard("a test");  // BAD
  // GOOD: rg::reset(nic, [](Scope& scope) { return BusReset::run(scope); }).discard("a control");
}

inline rg::Verdict<FirmwareAck> quirk(Scope& scope) { return FirmwareAck::wait(scope); }
inline rg::Verdict<BusReset> quirk_control(Scope& scope) { return BusReset::run(scope); }

void by_pointer(Nic& nic) {
  rg::reset(nic, &quirk).discard("a test");  // BAD
  // GOOD: rg::reset(nic, &quirk_control).discard("a control");
}
}  // namespace handler_resets_nothing
