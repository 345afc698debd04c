// RULE: Let prepare succeed on a device that is still blocked, and acquire nothing twice.
// WHY: After a failed reset the block stays, and the next reset calls prepare again. Something counted twice is
//   released once: in the example the interrupts stay off after the reset that worked.
// ENFORCED: by nobody
// LIMIT: The library cannot see what prepare counts.
// PRINTS: verified, interrupts off: 1
// GOOD PRINTS: verified, interrupts off: 0
#include "device.hpp"

struct Card {
  rg::ResetState reset_state;
  bool dma_blocked = false;
  int interrupts_off = 0;
  rg::Status reset_prepare() noexcept;
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome == rg::Outcome::failed) return rg::ok();
    dma_blocked = false;
    --interrupts_off;
    return rg::ok();
  }
};

#ifdef GOOD
rg::Status Card::reset_prepare() noexcept {
  if (!dma_blocked) ++interrupts_off;
  dma_blocked = true;
  return rg::ok();
}
#else
rg::Status Card::reset_prepare() noexcept {
  ++interrupts_off;
  dma_blocked = true;
  return rg::ok();
}
#endif

int main() {
  Card card;
  const auto fails = [](rg::ResetScope<Card>&) -> rg::Verdict<Works> { return rg::Error(rg::Errc::io, -5, "card"); };
  if (exit_status(rg::reset(card, fails)) == 0) return 1;
  std::printf("%s, ", word(reset_once(card)));
  std::printf("interrupts off: %d\n", card.interrupts_off);
}
