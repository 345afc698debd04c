// RULE: A plain Status is read by somebody, also where no compiler looks.
// ENFORCED: not
// ENFORCED clang: compile
// OK PRINTS: io, DMA is blocked
// SAYS: verified, DMA goes through
// SAYS clang: invalid invocation of method '~Result' on object 'loaded' while it is in the 'unknown' state
// WHY: A variable that nobody reads is a warning, unless it says that this is meant. A failure of a step would be in
// the ledger all the same, and the reset would be refused; a plain Status is in no ledger.
#include "device.hpp"

#ifdef OK
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_CHECK(load_firmware(scope.device()));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  [[maybe_unused]] auto loaded = load_firmware(scope.device());
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.firmware_answers = false;
  show(nic, rg::reset(nic, handler));
}
