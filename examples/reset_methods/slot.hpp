// Reset of the hotplug slot that a function sits in, by the slot's controller. `bus` tries it before the port above.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include "offer.hpp"
#include "pci/function.hpp"
#include "pci/platform.hpp"
#include "pci/reset_witness.hpp"
#include "pci/wait.hpp"

namespace methods {

namespace rg = reset_guard;

// A bus reset by the port alone would look to the slot's controller as if the card had been pulled and put back.
// Source: pci_dev_reset_slot_function() and pci_reset_hotplug_slot() of Linux.
struct Slot : rg::ResetStep<Slot> {
  static constexpr rg::Literal name = "slot";
  using destroys = rg::all_of<rg::contents::registers, rg::contents::dma>;
  using Witness = pci::ResetWitness;

  template <pci::Function F>
  static rg::Probe probe(const F& function) noexcept {
    if (!pci::has_slot_reset(function)) {
      return {rg::Support::no, pci::why_none(function, pci::Lacks::slot_reset)};
    }
    if (const char* why = why_not_alone(function); why != nullptr) return {rg::Support::no, why};
    return {rg::Support::yes, "alone in a hotplug slot that can be reset"};
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<Slot> run(F& function) {
    RESET_GUARD_CHECK(unless_no(probe(function)));
    return rg::ResetStep<Slot>::run(function);
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act([[maybe_unused]] rg::ResetScope<F>& scope) {
    if constexpr (pci::SlotResettable<F>) {
      RESET_GUARD_CHECK(scope.device().reset_slot());
      return pci::wait_until_ready(scope);
    }
    return rg::Error(rg::Errc::unsupported, 0, "slot: this backend has none");
  }
};

}  // namespace methods
