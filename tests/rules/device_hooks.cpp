// RULE: Declare the hooks exactly as `Status reset_prepare() noexcept` and `Status reset_done(Outcome) noexcept`.
// WHY: An int, a bool or an exception would be another way to report a failure, and nothing forces a caller to check
//   it. A done that is not told the outcome cannot keep the block.
// ENFORCED: by types
#include "device.hpp"

// CASE: a prepare that returns int
// MESSAGE: reset_guard: the device needs 'Status reset_prepare() noexcept' (exactly that), or a ResetTraits
namespace device_prepare {
struct Card {
  rg::ResetState reset_state;
#ifdef GOOD
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
}  // namespace device_prepare

// CASE: a done that returns void and does not ask for the outcome
// MESSAGE: reset_guard: the device needs 'Status reset_done(Outcome) noexcept' (exactly that), or a ResetTraits
namespace device_done {
struct Card {
  rg::ResetState reset_state;
  bool dma_blocked = false;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
#ifdef GOOD
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome != rg::Outcome::failed) dma_blocked = false;
    return rg::ok();
  }
#else
  void reset_done() noexcept { dma_blocked = false; }
#endif
};

int main() {
  Card card;
  return exit_status(reset_once(card));
}
}  // namespace device_done

// CASE: bool
// MESSAGE: reset_guard: the device needs 'Status reset_prepare() noexcept' | reset_guard: the device needs 'Status
//   reset_done(Outcome) noexcept'
namespace hook_bool {
struct BadPrepare {
  rg::ResetState reset_state;
  bool reset_prepare() noexcept { return true; }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};
struct BadDone {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  bool reset_done(rg::Outcome) noexcept { return true; }
};

void prepares(BadPrepare& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadPrepare>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}

void is_done(BadDone& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadDone>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}
}  // namespace hook_bool

// CASE: int
// MESSAGE: reset_guard: the device needs 'Status reset_prepare() noexcept' | reset_guard: the device needs 'Status
//   reset_done(Outcome) noexcept'
namespace hook_int {
struct BadPrepare {
  rg::ResetState reset_state;
  int reset_prepare() noexcept { return 0; }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};
struct BadDone {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  int reset_done(rg::Outcome) noexcept { return 0; }
};

void prepares(BadPrepare& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadPrepare>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}

void is_done(BadDone& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadDone>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}

struct Any : rg::ResetStep<Any> {
  using Witness = Finds;
  template <class AnyDevice>
  static rg::Status act(AnyDevice&) noexcept {
    return rg::ok();
  }
};

struct AnotherBadDone : BadDone {};

void runs_a_step(AnotherBadDone& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  Any::run(bad).discard("a test");  // BAD
  // GOOD: Any::run(good).discard("a control");
}
}  // namespace hook_int

// CASE: void
// MESSAGE: reset_guard: the device needs 'Status reset_prepare() noexcept' | reset_guard: the device needs 'Status
//   reset_done(Outcome) noexcept'
namespace hook_void {
struct BadPrepare {
  rg::ResetState reset_state;
  void reset_prepare() noexcept {}
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};
struct BadDone {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  void reset_done(rg::Outcome) noexcept {}
};

void prepares(BadPrepare& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadPrepare>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}

void is_done(BadDone& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadDone>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}
}  // namespace hook_void

// CASE: a result with a value
// MESSAGE: reset_guard: the device needs 'Status reset_prepare() noexcept' | reset_guard: the device needs 'Status
//   reset_done(Outcome) noexcept'
namespace hook_other_result {
struct BadPrepare {
  rg::ResetState reset_state;
  rg::Result<bool> reset_prepare() noexcept { return true; }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};
struct BadDone {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Result<bool> reset_done(rg::Outcome) noexcept { return true; }
};

void prepares(BadPrepare& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadPrepare>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}

void is_done(BadDone& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadDone>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}
}  // namespace hook_other_result

// CASE: hooks that may throw
// MESSAGE: reset_guard: the device needs 'Status reset_prepare() noexcept' | reset_guard: the device needs 'Status
//   reset_done(Outcome) noexcept'
namespace hook_throwing {
struct BadPrepare {
  rg::ResetState reset_state;
  rg::Status reset_prepare() { return rg::ok(); }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};
struct BadDone {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done(rg::Outcome) { return rg::ok(); }
};

void prepares(BadPrepare& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadPrepare>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}

void is_done(BadDone& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadDone>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}
}  // namespace hook_throwing

// CASE: other parameters
// MESSAGE: reset_guard: the device needs 'Status reset_prepare() noexcept' | reset_guard: the device needs 'Status
//   reset_done(Outcome) noexcept'
namespace hook_without_outcome {
struct BadPrepare {
  rg::ResetState reset_state;
  rg::Status reset_prepare(int) noexcept { return rg::ok(); }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};
struct BadDone {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done() noexcept { return rg::ok(); }
};

void prepares(BadPrepare& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadPrepare>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}

void is_done(BadDone& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadDone>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}
}  // namespace hook_without_outcome

// CASE: hooks that are missing
// MESSAGE: reset_guard: the device needs 'Status reset_prepare() noexcept' | reset_guard: the device needs 'Status
//   reset_done(Outcome) noexcept'
namespace hook_missing {
struct BadPrepare {
  rg::ResetState reset_state;
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};
struct BadDone {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
};

void prepares(BadPrepare& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadPrepare>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}

void is_done(BadDone& bad, Nic& good) {
  good.dma_blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadDone>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}
}  // namespace hook_missing
