// HOLE 17: a hook that may throw
// EXPECT all: A A
// MESSAGE A: reset_guard: the device needs 'Status reset_(prepare\(\)|done\(Outcome\)) noexcept'
#include "device.hpp"

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
