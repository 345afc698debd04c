// Reset by a power cycle: the platform takes the function's power away and gives it back.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <utility>

#include "offer.hpp"
#include "pci/capability.hpp"
#include "pci/function.hpp"
#include "pci/platform.hpp"
#include "pci/registers.hpp"
#include "pci/reset_witness.hpp"
#include "pci/scoped_bits.hpp"
#include "pci/wait.hpp"

namespace methods {

namespace rg = reset_guard;

// Proposed for Linux in 2026, and given up there at a maintainer's request. The power is that of the whole slot: so the
// function must be alone.
// Source: PCI Express Base 6.0, section 5.3.1.4.2 (D3cold).
struct D3cold : rg::ResetStep<D3cold> {
  static constexpr rg::Literal name = "d3cold";
  using destroys = rg::all_of<rg::contents::registers, rg::contents::dma, rg::contents::device_memory,
                              rg::contents::cxl_memory, rg::contents::firmware>;
  using Witness = pci::ResetWitness;

  template <pci::Function F>
  static rg::Probe probe(const F& function) noexcept {
    if (!pci::has_power_control(function)) {
      return {rg::Support::no, pci::why_none(function, pci::Lacks::power_control)};
    }
    if (const char* why = why_not_alone(function); why != nullptr) return {rg::Support::no, why};
    return {rg::Support::yes, "the platform can take its power away"};
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<D3cold> run(F& function) {
    RESET_GUARD_CHECK(unless_no(probe(function)));
    return rg::ResetStep<D3cold>::run(function);
  }

  // Through D3hot, as the specification has it, so that the function is quiet when its power goes. One that does not
  // answer, or that has no such state, is switched off as it is.
  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(rg::ResetScope<F>& scope) {
    namespace pm = pci::power_management;
    F& function = scope.device();
    auto found = pci::find_capability(function, pm::id);
    if (found.failed()) {
      const rg::Error error = std::move(found).error();
      if (error.code() != rg::Errc::unsupported && error.code() != rg::Errc::gone) return error;
      return switch_off_and_on(scope);
    }
    const auto control_status = static_cast<std::uint16_t>(std::move(found).take() + pm::control_status);
    if ((function.read16(control_status) & pm::power_state_mask) != pm::d0) {
      return rg::Error(rg::Errc::invalid, 0, "d3cold: the function is not in D0");
    }
    // With the power back it is in D0 by itself. The bits are put back for the power that would not go.
    RESET_GUARD_CHECK(pci::with_bits16(
        function, control_status, pm::power_state_mask, pm::d3hot,
        [&] {
          function.sleep(pci::power_transition_time);
          return switch_off_and_on(scope);
        },
        pci::ReadBack::later));
    RESET_GUARD_CHECK(pci::wait_until_ready(scope, pci::power_transition_time));
    return pci::require_d0(scope, control_status);
  }

 private:
  // The power comes back on every path, also when the platform says that it did not go.
  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status switch_off_and_on([[maybe_unused]] rg::ResetScope<F>& scope) {
    if constexpr (pci::PowerControlled<F>) {
      rg::Status off = scope.device().power_off();
      RESET_GUARD_CHECK(rg::first_error(std::move(off), scope.device().power_on()));
      return pci::wait_until_ready(scope);
    }
    return rg::Error(rg::Errc::unsupported, 0, "d3cold: this backend has none");
  }
};

}  // namespace methods
