// Intel 82599 virtual function: it has FLR and does not say so.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include "pci/capability.hpp"
#include "pci/function.hpp"
#include "reset_methods/flr.hpp"

namespace quirks {

namespace rg = reset_guard;

template <pci::Function F>
rg::Probe probe_82599_vf(const F& function) noexcept {
  if (pci::reads_as_absent(function)) return {rg::Support::no, "the function does not answer"};
  return {rg::Support::yes, "FLR, which Device Capabilities does not report"};
}

// Source: Intel 82599 specification update, erratum 'VF reset'; reset_intel_82599_sfp_virtfn() of Linux, which drops
// the result of the FLR.
template <pci::Function F>
RESET_GUARD_MUST_USE rg::Verdict<methods::Flr> reset_82599_vf(rg::ResetScope<F>& scope) {
  return methods::Flr::run_unreported(scope.device());
}

}  // namespace quirks
