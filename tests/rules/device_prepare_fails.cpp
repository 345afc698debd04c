// RULE: Leave nothing held when prepare fails.
// WHY: done is not called after it, and the device is not quarantined: what prepare leaves behind stays.
// ENFORCED: by nobody
// LIMIT: The library cannot see what prepare did before it failed.
// PRINTS: no_memory, DMA is blocked
// GOOD PRINTS: no_memory, DMA goes through
#include "device.hpp"

struct Card {
  rg::ResetState reset_state;
  bool dma_blocked = false;
  rg::Status quiesce() noexcept { return rg::Error(rg::Errc::no_memory, -12, "quiesce"); }
  rg::Status reset_prepare() noexcept;
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};

#ifdef GOOD
rg::Status Card::reset_prepare() noexcept {
  dma_blocked = true;
  auto quiesced = quiesce();
  if (quiesced.failed()) dma_blocked = false;
  return quiesced;
}
#else
rg::Status Card::reset_prepare() noexcept {
  dma_blocked = true;
  return quiesce();
}
#endif

int main() {
  Card card;
  show(card, reset_once(card));
}
