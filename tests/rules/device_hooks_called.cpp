// RULE: Do not call the hooks: only the library calls them.
// WHY: A call of done lifts the fence without the state's knowledge. To lift a quarantine without a reset, call
//   `release_quarantine()`.
// ENFORCED: by nobody
// LIMIT: The hooks have to be public, so that the library can call them.
// PRINTS: DMA goes through, quarantined
// GOOD PRINTS: DMA goes through, in use
#include "device.hpp"

#ifdef GOOD
rg::Status take_it_back(Nic& nic) {  // somebody has looked after the device
  return rg::release_quarantine(nic, "replaced by hand");
}
#else
rg::Status take_it_back(Nic& nic) {  // somebody has looked after the device
  return nic.reset_done(rg::Outcome::released);
}
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  if (exit_status(Flr::run(nic)) == 0 || exit_status(take_it_back(nic)) != 0) return 1;
  std::printf("%s, %s\n", word(nic.dma_blocked), nic.reset_state.quarantined() ? "quarantined" : "in use");
}
