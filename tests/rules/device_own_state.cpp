// RULE: Give each device its own state.
// WHY: The library identifies a device by its state. If two devices share one, the reset of the second counts as nested
//   in the reset of the first: its prepare is never called.
// ENFORCED: by nobody
// LIMIT: The library identifies a device by its state.
// PRINTS: while port 1 is reset: DMA goes through
// GOOD PRINTS: while port 1 is reset: DMA is blocked
#include "device.hpp"

struct Port {
  int number;
  bool dma_blocked;
};
rg::ResetState states[2];

#ifdef GOOD
rg::ResetState& state_of(Port& port) { return states[port.number]; }
#else
rg::ResetState& state_of(Port&) { return states[0]; }
#endif

template <>
struct reset_guard::ResetTraits<Port> {
  static ResetState& state(Port& port) noexcept { return state_of(port); }
  static Status prepare(Port& port) noexcept {
    port.dma_blocked = true;
    return ok();
  }
  static Status done(Port& port, Outcome outcome) noexcept {
    if (outcome != Outcome::failed) port.dma_blocked = false;
    return ok();
  }
};

int main() {
  Port ports[] = {{0, false}, {1, false}};
  const auto both = [&](rg::ResetScope<Port>& scope) -> rg::Verdict<Works> {
    RESET_GUARD_TRY(auto inner, rg::OwnedScope<Port>::enter(ports[1]));
    std::printf("while port 1 is reset: %s\n", word(ports[1].dma_blocked));
    RESET_GUARD_TRY([[maybe_unused]] auto reset, inner.finish(Works::in(inner)));
    return Works::in(scope);
  };
  return exit_status(rg::reset(ports[0], both));
}
