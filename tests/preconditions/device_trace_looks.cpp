// RULE: A trace hook only looks: it opens, finishes and fails no scope of its device.
// ENFORCED: not
// OK PRINTS: the second reset: io
// SAYS: the second reset: abandoned
// WHY: The state is between two edges when the hook is called. Here the hook abandons a scope while a reset is being
// judged: that reset is a success all the same, and the failure comes out of the next one.
#include "device.hpp"

struct Card : Nic {
  unsigned events = 0;
  void reset_trace(const rg::TraceEvent&) noexcept;
};

#ifdef OK
void Card::reset_trace(const rg::TraceEvent& event) noexcept {
  if (event.kind == rg::TraceKind::finished) ++events;
}
#else
void Card::reset_trace(const rg::TraceEvent& event) noexcept {
  if (event.kind != rg::TraceKind::finished || ++events > 1) return;
  rg::ResetScope<Card>::enter(*this).discard("this scope is abandoned");
}
#endif

int main() {
  Card card;
  if (exit_status(reset_once(card)) != 0) return 1;
  const auto fails = [](rg::ResetScope<Card>&) -> rg::Verdict<Works> { return rg::Error(rg::Errc::io, -5, "card"); };
  std::printf("the second reset: %s\n", word(rg::reset(card, fails)));
}
