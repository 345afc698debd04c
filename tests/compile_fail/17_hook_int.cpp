// HOLE 17: a hook that returns int
// EXPECT all: A A A
// MESSAGE A: reset_guard: the device needs 'Status reset_(prepare\(\)|done\(Outcome\)) noexcept'
#include "device.hpp"

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

void prepares(BadPrepare& bad, Device& good) {
  good.blocked = bad.reset_state.quarantined();
  rg::OwnedScope<BadPrepare>::enter(bad).discard("a test");  // BAD
  // GOOD: Owned::enter(good).discard("a control");
}

void is_done(BadDone& bad, Device& good) {
  good.blocked = bad.reset_state.quarantined();
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

void runs_a_step(AnotherBadDone& bad, Device& good) {
  good.blocked = bad.reset_state.quarantined();
  Any::run(bad).discard("a test");  // BAD
  // GOOD: Any::run(good).discard("a control");
}
