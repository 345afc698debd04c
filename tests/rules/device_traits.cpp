// RULE: Declare the hooks of a `ResetTraits` as exactly as a device's own hooks.
// WHY: A C struct stays as it is. Its functions' results become a Status in the traits, and nowhere else.
// ENFORCED: by types
#include "device.hpp"

// CASE: done returns int
// MESSAGE: reset_guard: the device needs 'Status reset_done(Outcome) noexcept' (exactly that), or a ResetTraits
struct c_card {
  int dma_blocked;
};
int c_card_done(c_card* card, bool unblock) {
  if (unblock) card->dma_blocked = 0;
  return 0;
}
rg::ResetState state_of_the_card;

template <>
struct reset_guard::ResetTraits<c_card> {
  static ResetState& state(c_card&) noexcept { return state_of_the_card; }
  static Status prepare(c_card& card) noexcept {
    card.dma_blocked = 1;
    return ok();
  }
#ifdef GOOD
  static Status done(c_card& card, Outcome outcome) noexcept {
    const int error = c_card_done(&card, outcome != Outcome::failed);
    return error == 0 ? ok() : Status(Error(Errc::io, error, "c_card_done"));
  }
#else
  static int done(c_card& card, Outcome outcome) noexcept { return c_card_done(&card, outcome != Outcome::failed); }
#endif
};

int main() {
  c_card card{};
  return exit_status(reset_once(card));
}

// CASE: prepare returns int
// MESSAGE: reset_guard: the device needs 'Status reset_prepare() noexcept' | reset_guard: the device needs 'Status
//   reset_done(Outcome) noexcept'
struct foreign_device {
  rg::ResetState state;
};

template <>
struct rg::ResetTraits<foreign_device> {
  static rg::ResetState& state(foreign_device& device) noexcept { return device.state; }
  static int prepare(foreign_device&) noexcept { return 0; }  // BAD
  // GOOD: static rg::Status prepare(foreign_device&) noexcept { return rg::ok(); }
  static rg::Status done(foreign_device&, rg::Outcome) noexcept { return rg::ok(); }
};

void enter(foreign_device& device) { rg::OwnedScope<foreign_device>::enter(device).discard("a test"); }
