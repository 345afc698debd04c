// RULE: Pass evidence to `join()`, not verdicts.
// WHY: A verdict may be an error, which would be lost; and evidence is used once.
// ENFORCED: by types
// MESSAGE: reset_guard: join() joins evidence: take it out of a verdict by RESET_GUARD_TRY, and std::move it in
#include "device.hpp"

#ifdef GOOD
rg::Verdict<BusReset, Firmware> handler(Scope& scope) {
  RESET_GUARD_TRY(auto reset, BusReset::run(scope));
  RESET_GUARD_TRY(auto awake, Firmware::run(scope));
  return rg::join(std::move(reset), std::move(awake));
}
#else
rg::Verdict<BusReset, Firmware> handler(Scope& scope) { return rg::join(BusReset::run(scope), Firmware::run(scope)); }
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
