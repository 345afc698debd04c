// A step with a parameter.
#include "device.hpp"

enum class Power { d0, d3hot };

template <Power power>
struct SetPower : rg::Step<SetPower<power>> {
  RESET_GUARD_MUST_USE static rg::Verdict<SetPower> in(Scope& scope) {
    if (scope.device().error == rg::Errc::io) return SetPower::fail(scope, rg::Error(rg::Errc::io, -5, "power"));
    return SetPower::pass(scope);
  }
};

struct Cycle : rg::ResetStep<Cycle> {
  using Witness = Finds;
  static rg::Status act(Scope& scope) {
    RESET_GUARD_TRY([[maybe_unused]] auto down, SetPower<Power::d3hot>::in(scope));
    RESET_GUARD_TRY([[maybe_unused]] auto up, SetPower<Power::d0>::in(scope));
    return rg::ok();
  }
};
