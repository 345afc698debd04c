// RULE: Restore the earlier fence when done is told `untouched`.
// WHY: The device was not reset. A device that was already blocked, for a reason unrelated to the reset, stays blocked.
// ENFORCED: by nobody
// LIMIT: The library does not know how the device was before the reset.
// PRINTS: unsupported, DMA goes through
// GOOD PRINTS: unsupported, DMA is blocked
#include "device.hpp"

struct Card {
  rg::ResetState reset_state;
  bool dma_blocked = true, was_blocked = false;  // blocked: no domain is attached
  rg::Status reset_prepare() noexcept {
    was_blocked = std::exchange(dma_blocked, true);
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept;
};

#ifdef GOOD
rg::Status Card::reset_done(rg::Outcome outcome) noexcept {
  if (outcome == rg::Outcome::untouched) dma_blocked = was_blocked;
  if (outcome == rg::Outcome::verified || outcome == rg::Outcome::released) dma_blocked = false;
  return rg::ok();
}
#else
rg::Status Card::reset_done(rg::Outcome outcome) noexcept {
  if (outcome != rg::Outcome::failed) dma_blocked = false;
  return rg::ok();
}
#endif

int main() {
  Card card;
  const auto not_mine = [](rg::ResetScope<Card>&) -> rg::Verdict<Works> {
    return rg::Error(rg::Errc::unsupported, -25, "card");
  };
  show(card, rg::reset(card, not_mine));
}
