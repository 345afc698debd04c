// RULE: Declare a step's `act` as `static Status act(Device&, ...)`, for the device of the scope.
// WHY: The scope provides the device. An `act` for several device types is a template.
// ENFORCED: by types
#include "device.hpp"

// CASE: for another device
// MESSAGE: reset_guard: run() needs 'static Status act(Device&, ...)' in the step, for these arguments
namespace step_scope {
struct Card {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};

struct Settled : rg::Step<Settled> {
#ifdef GOOD
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
  return 0;
}
}  // namespace step_scope

// CASE: an act that returns bool or nothing, takes something else, or is missing
// MESSAGE: reset_guard: run() needs 'static Status act(Device&, ...)' in the step
namespace act_case {
struct Bool : rg::Step<Bool> {
  static bool act(Nic&) noexcept { return true; }
};
struct Void : rg::Step<Void> {
  static void act(Nic&) noexcept {}
};
struct More : rg::Step<More> {
  static rg::Status act(Nic&, int) noexcept { return rg::ok(); }
};
struct Missing : rg::Step<Missing> {};
struct Control : rg::Step<Control> {
  static rg::Status act(Nic&) noexcept { return rg::ok(); }
};

void answers_bool(Scope& scope) {
  Bool::run(scope).discard("a test");  // BAD
  // GOOD: Control::run(scope).discard("a control");
}

void answers_nothing(Scope& scope) {
  Void::run(scope).discard("a test");  // BAD
  // GOOD: Control::run(scope).discard("a control");
}

void takes_more(Scope& scope) {
  More::run(scope).discard("a test");  // BAD
  // GOOD: More::run(scope, 1).discard("a control");
}

void is_missing(Scope& scope) {
  Missing::run(scope).discard("a test");  // BAD
  // GOOD: Control::run(scope).discard("a control");
}
}  // namespace act_case
