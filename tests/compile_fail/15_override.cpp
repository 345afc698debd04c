// HOLE 15: ignored through a virtual function whose override has no attribute
// EXPECT all: N N N
// EXPECT typestate: NC NC NC
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

struct Base {
  virtual rg::Verdict<Flr> scope(Scope&) const = 0;
  virtual rg::Verdict<FirmwareAck> step(Scope&) const = 0;
  virtual rg::Status status(Scope&) const = 0;

 protected:
  ~Base() = default;
};
struct Derived final : Base {
  rg::Verdict<Flr> scope(Scope& scope) const override { return Flr::run(scope.device()); }
  rg::Verdict<FirmwareAck> step(Scope& scope) const override { return FirmwareAck::wait(scope); }
  rg::Status status(Scope& scope) const override { return attempt(scope.device()); }
};

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  const Derived derived;
  const Base& base = derived;
  base.scope(scope);  // BAD scope
  // GOOD: base.scope(scope).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  const Derived derived;
  const Base& base = derived;
  base.step(scope);  // BAD step
  // GOOD: base.step(scope).discard("a control");
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  const Derived derived;
  const Base& base = derived;
  base.status(scope);  // BAD status
  // GOOD: base.status(scope).discard("a control");
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
