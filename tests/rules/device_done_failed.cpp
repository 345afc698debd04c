// RULE: Keep the device blocked when done is told `failed`.
// WHY: The library reports the outcome but cannot see the block. If done lifts the block, the state reads quarantined,
//   not unfenced, while the device writes to memory.
// ENFORCED: by nobody
// LIMIT: The library reports the outcome but cannot see the block.
// PRINTS: timed_out, DMA goes through
// GOOD PRINTS: timed_out, DMA is blocked
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
rg::Status Card::reset_done(rg::Outcome outcome) noexcept {
  if (outcome != rg::Outcome::failed) dma_blocked = false;
  return rg::ok();
}
#else
rg::Status Card::reset_done(rg::Outcome) noexcept {
  dma_blocked = false;
  return rg::ok();
}
#endif

int main() {
  Card card;
  const auto fails = [](rg::ResetScope<Card>&) -> rg::Verdict<Works> {
    return rg::Error(rg::Errc::timed_out, -110, "card");
  };
  show(card, rg::reset(card, fails));
}
