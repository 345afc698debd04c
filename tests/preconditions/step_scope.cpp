// RULE: A step is called with a scope of a device that its `act` takes.
// ENFORCED: compile
// SAYS: reset_guard: run() needs 'static Status act(Device&, ...)' in the step, for these arguments
// WHY: The scope brings the device. An `act` for devices of many types is a template.
#include "device.hpp"

struct Card {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};

struct Settled : rg::Step<Settled> {
#ifdef OK
  template <class Device>
  static rg::Status act(Device&) noexcept {
    return rg::ok();
  }
#else
  static rg::Status act(Nic&) noexcept { return rg::ok(); }
#endif
};

int main() {
  Card card;
  return exit_status(rg::reset(card, [](rg::ResetScope<Card>& scope) -> rg::Verdict<Works> {
    RESET_GUARD_TRY([[maybe_unused]] auto settled, Settled::run(scope));
    return Works::in(scope);
  }));
}
