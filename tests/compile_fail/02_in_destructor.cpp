// HOLE 2: cast to void, in a destructor
// EXPECT plain gcc: M M -
// EXPECT typestate clang: C C C
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: plain-status
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  struct AtEnd {
    Scope& scope;
    ~AtEnd() { (void)Flr::run(scope.device()); }  // BAD scope
    // GOOD: ~AtEnd() { Flr::run(scope.device()).discard("a control"); }
  };
  { AtEnd at_end{scope}; }
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  struct AtEnd {
    Scope& scope;
    ~AtEnd() { (void)FirmwareAck::wait(scope); }  // BAD step
    // GOOD: ~AtEnd() { FirmwareAck::wait(scope).discard("a control"); }
  };
  { AtEnd at_end{scope}; }
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  struct AtEnd {
    Scope& scope;
    ~AtEnd() { (void)attempt(scope.device()); }  // BAD status
    // GOOD: ~AtEnd() { attempt(scope.device()).discard("a control"); }
  };
  { AtEnd at_end{scope}; }
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
