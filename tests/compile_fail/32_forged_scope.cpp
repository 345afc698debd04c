// HOLE 32: evidence from what only looks like a scope, and a scope that nobody opened
// EXPECT all: A A
// MESSAGE A: no matching|deleted|no member
#include "device.hpp"

struct Pretends {
  Device* reset_device;
  Device& device() const { return *reset_device; }
};

struct Careless : rg::Step<Careless> {
  static rg::Verdict<Careless> in(Pretends& pretends, Scope&) {
    return pass(pretends);  // BAD
    // GOOD: return rg::Error(rg::Errc::io, 0, pretends.reset_device != nullptr ? rg::Literal("a") : rg::Literal("b"));
  }
};

rg::Verdict<BusReset> makes_a_scope(Device& device) {
  Scope scope(device);  // BAD
  // GOOD: RESET_GUARD_TRY(auto scope, Owned::enter(device));
  return BusReset::in(scope);
}
