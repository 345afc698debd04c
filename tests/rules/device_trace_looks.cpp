// RULE: Only observe in a trace hook: do not open, finish or fail a scope of its device.
// WHY: The state is between two edges when the hook is called. Whatever the hook does to the state affects the traced
//   reset: in the example it abandons a scope, and the reset fails.
// ENFORCED: at run time
// PRINTS: abandoned
// GOOD PRINTS: verified
#include "device.hpp"

struct Card : Nic {
  unsigned events = 0;
  void reset_trace(const rg::TraceEvent&) noexcept;
};

#ifdef GOOD
void Card::reset_trace(const rg::TraceEvent& event) noexcept {
  if (event.kind == rg::TraceKind::finished) ++events;
}
#else
void Card::reset_trace(const rg::TraceEvent& event) noexcept {
  if (event.kind != rg::TraceKind::finished || ++events > 1) return;
  rg::OwnedScope<Card>::enter(*this).discard("this scope is abandoned");
}
#endif

int main() {
  Card card;
  std::printf("%s\n", word(reset_once(card)));
}
