// HOLE 32: the same, two scopes further in
// RUN: unresolved_failure
// CONTROL: timed_out
#include "device.hpp"

struct CxlBus : rg::ResetStep<CxlBus> {
  using Witness = Finds;
  static rg::Status act(Scope& scope) {
    RESET_GUARD_TRY([[maybe_unused]] auto flr, Flr::run(scope));
    return rg::ok();
  }
};

rg::Verdict<BusReset> drops(Scope& scope) {
  CxlBus::run(scope.device()).discard("a test");  // BAD
  // GOOD: RESET_GUARD_TRY([[maybe_unused]] auto evidence, CxlBus::run(scope.device()));
  return BusReset::in(scope);
}

int main() { return run(drops); }
