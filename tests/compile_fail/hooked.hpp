// A device whose done fails, unless it is told otherwise, and a reset of it.
#pragma once

#include "device.hpp"

struct Hooked {
  rg::ResetState reset_state;
  rg::Errc done_error = rg::Errc::no_memory;
  bool blocked = false;
  rg::Status reset_prepare() noexcept {
    blocked = true;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (done_error != rg::Errc{}) return rg::Error(done_error, -12, "done");
    if (outcome != rg::Outcome::failed) blocked = false;
    return rg::ok();
  }
};

struct Pulse : rg::ResetStep<Pulse> {
  using Witness = Finds;
  RESET_GUARD_MUST_USE static rg::Verdict<Pulse> in(rg::ResetScope<Hooked>& scope) {
    return pass_if(scope, rg::ok(), Witness(scope.device()));
  }
};
