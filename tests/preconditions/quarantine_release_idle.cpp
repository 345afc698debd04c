// RULE: `release_quarantine()` is for a device that is quarantined.
// ENFORCED: run
// OK PRINTS: ok
// SAYS: invalid
// WHY: A device that is in use has nothing to be released from, and its hooks are not called.
#include "device.hpp"

#ifdef OK
rg::Status put_to_use(Nic& nic) {
  if (!nic.reset_state.quarantined()) return rg::ok();
  return rg::release_quarantine(nic, "looked after by hand");
}
#else
rg::Status put_to_use(Nic& nic) { return rg::release_quarantine(nic, "to be on the safe side"); }
#endif

int main() {
  Nic nic;
  std::puts(word(put_to_use(nic), "ok"));
}
