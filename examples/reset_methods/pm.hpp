// Reset by power management: to D3hot and back to D0.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <utility>

#include "offer.hpp"
#include "pci/capability.hpp"
#include "pci/function.hpp"
#include "pci/registers.hpp"
#include "pci/reset_witness.hpp"
#include "pci/scoped_bits.hpp"
#include "pci/wait.hpp"

namespace methods {

namespace rg = reset_guard;

// Source: PCI Bus Power Management Interface 1.2, sections 3.2.4 and 5.4; pci_pm_reset() of Linux.
struct Pm : rg::ResetStep<Pm> {
  static constexpr rg::Literal name = "pm";
  using destroys = rg::all_of<rg::contents::registers, rg::contents::dma>;
  using Witness = pci::ResetWitness;

  template <pci::Function F>
  static rg::Probe probe(const F& function) noexcept {
    auto found = pci::find_capability(function, pci::power_management::id);
    if (found.failed()) {
      std::move(found).discard("a probe answers no, whatever the reason");
      return {rg::Support::no, "no Power Management capability"};
    }
    if (!resets_by_power_state(function, std::move(found).take())) {
      return {rg::Support::no, "No_Soft_Reset is set: going to D3hot and back resets nothing"};
    }
    return {rg::Support::yes, "D3hot to D0 resets the function"};
  }

  template <pci::Function F>
  static bool excluded(const F& function) noexcept {
    return function.reset_flags().no_pm_reset;
  }

  // Resets the function, if No_Soft_Reset says that it can be reset this way.
  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<Pm> run(F& function) {
    if (excluded(function)) return rg::Error(rg::Errc::unsupported, 0, "pm: the device is flagged: no PM reset");
    auto found = pci::find_capability(function, pci::power_management::id);
    if (found.failed()) return cannot_begin<Pm>(function, std::move(found).error());
    const std::uint16_t capability = std::move(found).take();
    if (!resets_by_power_state(function, capability)) {
      return rg::Error(rg::Errc::unsupported, 0, "pm: No_Soft_Reset is set");
    }
    return rg::ResetStep<Pm>::run(function,
                                  static_cast<std::uint16_t>(capability + pci::power_management::control_status));
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(rg::ResetScope<F>& scope, std::uint16_t control_status) {
    namespace pm = pci::power_management;
    F& function = scope.device();
    // D3hot: where a reset has left it whose way back failed. From there the way back is the reset.
    const std::uint16_t state = pci::read_surely<std::uint16_t>(function, control_status) & pm::power_state_mask;
    if (state != pm::d0 && state != pm::d3hot) {
      return rg::Error(rg::Errc::invalid, 0, "pm: the function is neither in D0 nor in D3hot");
    }
    // To D0 on every path: a function left in D3hot answers no driver.
    constexpr pci::Pulse there_and_back{pm::power_state_mask, pm::d3hot, pm::d0, pci::ReadBack::later};
    RESET_GUARD_CHECK(pci::with_pulse16(function, control_status, there_and_back, [&] {
      function.sleep(pci::power_transition_time);
      return rg::ok();
    }));
    RESET_GUARD_CHECK(pci::wait_until_ready(scope, pci::power_transition_time));
    return pci::require_d0(scope, control_status);
  }

 private:
  template <pci::Function F>
  static bool resets_by_power_state(const F& function, std::uint16_t capability) noexcept {
    const auto status = pci::read_surely<std::uint16_t>(function, capability + pci::power_management::control_status);
    return status != pci::all_ones<std::uint16_t> && (status & pci::power_management::no_soft_reset) == 0;
  }
};

}  // namespace methods
