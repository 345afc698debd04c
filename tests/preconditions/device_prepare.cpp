// RULE: A device's prepare is `Status reset_prepare() noexcept`, exactly.
// ENFORCED: compile
// SAYS: reset_guard: the device needs 'Status reset_prepare() noexcept' (exactly that), or a ResetTraits
// WHY: An int, a bool or an exception would be one more way to say that it failed, and one that nobody has to look at.
#include "device.hpp"

struct Card {
  rg::ResetState reset_state;
#ifdef OK
  rg::Status reset_prepare() noexcept { return rg::ok(); }
#else
  int reset_prepare() noexcept { return 0; }
#endif
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};

int main() {
  Card card;
  return exit_status(reset_once(card));
}
