// RULE: When a device is plugged in again, start its new state with the old epoch (the number of its resets).
// WHY: Evidence identifies its device by the state's address, and its reset by the epoch. A state that starts again at
//   0, at the same address, accepts the old device's evidence.
// ENFORCED: by nobody
// LIMIT: A new object cannot know what was at its address before.
// PRINTS: verified, DMA goes through
// GOOD PRINTS: invalid_evidence, DMA is blocked
#include "device.hpp"

#include <cstdint>
#include <new>

#ifdef GOOD
void plug_in_anew(Nic& nic) {
  const std::uint32_t epoch = nic.reset_state.epoch();
  nic.~Nic();
  ::new (static_cast<void*>(&nic)) Nic{rg::ResetState(epoch)};
}
#else
void plug_in_anew(Nic& nic) {
  nic.~Nic();
  ::new (static_cast<void*>(&nic)) Nic;
}
#endif

rg::Verdict<Flr> reset_with_old_evidence(Nic& nic) {
  RESET_GUARD_TRY(auto kept, Flr::run(nic));
  plug_in_anew(nic);
  return rg::reset(nic, [&kept](Scope&) -> rg::Verdict<Flr> { return std::move(kept); });
}

int main() {
  Nic nic;
  show(nic, reset_with_old_evidence(nic));
}
