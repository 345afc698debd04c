// RULE: Do not touch a device in done when it is gone.
// WHY: done is called for a device that was pulled out, too, to release what the platform holds for it. The library
//   does not know which acts of done access the device.
// ENFORCED: by nobody
// LIMIT: The library does not know which acts of done access the device.
// PRINTS: gone, writes to nowhere: 1
// GOOD PRINTS: gone, writes to nowhere: 0
#include "device.hpp"

struct Card {
  rg::ResetState reset_state;
  bool gone = false;
  int writes_to_nowhere = 0;
  void enable_interrupts() noexcept { writes_to_nowhere += gone; }
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done(rg::Outcome outcome) noexcept;
};

#ifdef GOOD
rg::Status Card::reset_done(rg::Outcome) noexcept {
  if (!gone) enable_interrupts();
  return rg::ok();
}
#else
rg::Status Card::reset_done(rg::Outcome) noexcept {
  enable_interrupts();
  return rg::ok();
}
#endif

int main() {
  Card card;
  const auto pulled_out = [](rg::ResetScope<Card>& scope) -> rg::Verdict<Works> {
    scope.device().gone = true;
    return rg::Error(rg::Errc::gone, -19, "card");
  };
  std::printf("%s, ", word(rg::reset(card, pulled_out)));
  std::printf("writes to nowhere: %d\n", card.writes_to_nowhere);
}
