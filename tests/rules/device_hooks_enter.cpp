// RULE: Do not open a scope of a device in its own hooks.
// WHY: prepare and done are the ends of a reset, and a reset inside them would need them again. The refusal fails the
//   reset even if the hook drops it; in the example prepare returns it, so nothing is held.
// ENFORCED: at run time
// PRINTS: hook_reentered, DMA goes through
// GOOD PRINTS: verified, DMA goes through
#include "device.hpp"

struct Card {
  rg::ResetState reset_state;
  bool dma_blocked = false;
  rg::Status reset_prepare() noexcept;
  rg::Status reset_done(rg::Outcome) noexcept {
    dma_blocked = false;
    return rg::ok();
  }
};

#ifdef GOOD
rg::Status Card::reset_prepare() noexcept {
  dma_blocked = true;
  return rg::ok();
}
#else
rg::Status Card::reset_prepare() noexcept {
  auto stopped = reset_once(*this);  // to stop its DMA
  if (stopped.failed()) return std::move(stopped).error();
  std::move(stopped).discard("it only had to stop");
  dma_blocked = true;
  return rg::ok();
}
#endif

int main() {
  Card card;
  show(card, reset_once(card));
}
