// Qualcomm WiFi adapters and modems: no FLR, and No_Soft_Reset is set, so that a power cycle is what is left.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <utility>

#include "methods/d3cold.hpp"
#include "methods/pm.hpp"
#include "pci/capability.hpp"
#include "pci/function.hpp"
#include "pci/registers.hpp"

namespace quirks {

namespace rg = reset_guard;

// The function was in D3cold; or in D3hot, where the platform does not control its power.
struct PowerCycle : rg::ResetStep<PowerCycle> {
  static constexpr rg::Literal name = "power_cycle";
  using proved_by = rg::any_of<methods::D3cold, methods::Pm>;
};

template <pci::Function F>
rg::Probe probe_qualcomm_power_cycle(const F& function) noexcept {
  if (methods::D3cold::probe(function).support != rg::Support::no) {
    return {rg::Support::yes, "proposed: a power cycle by the platform"};
  }
  auto found = pci::find_capability(function, pci::power_management::id);
  if (found.failed()) {
    std::move(found).discard("a probe answers no, whatever the reason");
    return {rg::Support::no, "no power control by the platform, and no Power Management capability"};
  }
  std::move(found).discard("only whether it is there was asked");
  return {rg::Support::maybe, "proposed: through D3hot, and it has to show that this resets it"};
}

// The proposal cycles a function that is in D0, and no other.
template <pci::Function F>
RESET_GUARD_MUST_USE rg::Status require_d0(const F& function) noexcept {
  namespace pm = pci::power_management;
  RESET_GUARD_TRY(const std::uint16_t capability, pci::find_capability(function, pm::id));
  const auto status = pci::read_surely<std::uint16_t>(function, capability + pm::control_status);
  if ((status & pm::power_state_mask) == pm::d0) return rg::ok();
  return rg::Error(rg::Errc::invalid, 0, "power cycle: the function is not in D0");
}

// Source: proposed for Linux in 2026, up to version 9, and not merged: to D3cold, which without the platform's help is
// D3hot, and back to D0. The vendor says that the devices keep their context in D3hot. So there the function has to show
// that it was reset, or the answer is a failure.
template <pci::Function F>
RESET_GUARD_MUST_USE rg::Verdict<PowerCycle> reset_qualcomm_power_cycle(rg::ResetScope<F>& scope) {
  F& function = scope.device();
  const F& asked = function;
  if (methods::D3cold::probe(asked).support != rg::Support::no) {
    RESET_GUARD_TRY(auto off, methods::D3cold::run(function));
    return off;
  }
  RESET_GUARD_CHECK(require_d0(asked));
  RESET_GUARD_TRY(auto slept, methods::Pm::run_unreported(function));
  return slept;
}

}  // namespace quirks
