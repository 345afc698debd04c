// RULE: Give a device a member `ResetState reset_state`.
// WHY: It holds all that the library stores for a device: the number of open scopes, the failures, the quarantine.
// ENFORCED: by types
// MESSAGE: reset_guard: the device needs a member 'ResetState reset_state', or a ResetTraits with state()
#include "device.hpp"

#ifdef GOOD
struct Card {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};
#else
struct Card {
  bool in_reset = false;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};
#endif

int main() {
  Card card;
  return exit_status(reset_once(card));
}
