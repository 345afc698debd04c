// RULE: Leave the fence in place when done fails, or return `unfenced`.
// WHY: The device is quarantined either way. Only done knows whether the fence is still there: with any other error the
//   state still counts as fenced.
// ENFORCED: by nobody
// LIMIT: Only done knows whether the fence is still there.
// PRINTS: io, DMA goes through, the state says fenced
// GOOD PRINTS: unfenced, DMA goes through, the state says unfenced
#include "device.hpp"

struct Card {
  rg::ResetState reset_state;
  bool dma_blocked = false;
  rg::Status reset_prepare() noexcept {
    dma_blocked = true;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept;
};

#ifdef GOOD
rg::Status Card::reset_done(rg::Outcome) noexcept {
  dma_blocked = false;  // and then the domain does not come back
  return rg::Error(rg::Errc::unfenced, -5, "attach");
}
#else
rg::Status Card::reset_done(rg::Outcome) noexcept {
  dma_blocked = false;  // and then the domain does not come back
  return rg::Error(rg::Errc::io, -5, "attach");
}
#endif

int main() {
  Card card;
  std::printf("%s, ", word(reset_once(card)));
  std::printf("%s, the state says %s\n", word(card.dma_blocked), card.reset_state.unfenced() ? "unfenced" : "fenced");
}
