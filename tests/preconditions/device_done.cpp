// RULE: A device's done is `Status reset_done(Outcome) noexcept`, exactly.
// ENFORCED: compile
// SAYS: reset_guard: the device needs 'Status reset_done(Outcome) noexcept' (exactly that), or a ResetTraits
// WHY: A done that returns void can fail unheard, and one that is not told the outcome cannot keep the block.
#include "device.hpp"

struct Card {
  rg::ResetState reset_state;
  bool dma_blocked = false;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
#ifdef OK
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome != rg::Outcome::failed) dma_blocked = false;
    return rg::ok();
  }
#else
  void reset_done() noexcept { dma_blocked = false; }
#endif
};

int main() {
  Card card;
  return exit_status(reset_once(card));
}
