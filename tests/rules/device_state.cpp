// RULE: A device has a member `ResetState reset_state`.
// WHY: It is all that the library remembers of a device: how many scopes are open, what has failed, the quarantine.
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
