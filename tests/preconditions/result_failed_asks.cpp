// RULE: A failure that `failed()` has told of is handed up or discarded.
// ENFORCED: not
// ENFORCED clang: compile
// OK PRINTS: io, DMA is blocked
// SAYS: verified, DMA goes through
// SAYS clang: invalid invocation of method '~Result' on object 'loaded' while it is in the 'unknown' state
// WHY: `failed()` only asks. To the compiler the result has been used then.
#include "device.hpp"

#ifdef OK
rg::Verdict<BusReset> handler(Scope& scope) {
  auto loaded = load_firmware(scope.device());
  if (loaded.failed()) return std::move(loaded).error();
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  auto loaded = load_firmware(scope.device());
  if (loaded.failed()) scope.touch();
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.firmware_answers = false;
  show(nic, rg::reset(nic, handler));
}
