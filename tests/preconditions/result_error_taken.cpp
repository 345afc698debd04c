// RULE: An error that was taken out of a result is handed up.
// ENFORCED: not
// OK PRINTS: io, DMA is blocked
// SAYS: verified, DMA goes through
// WHY: `error()` gives it away, and an `Error` is a plain value: it can be logged and forgotten. Of a step the ledger
// still has it, and the reset is refused; here it was a plain Status.
#include "device.hpp"

void log(const rg::Error&) {}

#ifdef OK
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_CHECK(load_firmware(scope.device()));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  auto loaded = load_firmware(scope.device());
  if (loaded.failed()) log(std::move(loaded).error());
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.firmware_answers = false;
  show(nic, rg::reset(nic, handler));
}
