// Reset of the hotplug slot that a function sits in, by the slot's controller. `bus` tries it before the port above.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include "alone.hpp"
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

  template <pci::Function F>
  static rg::Probe probe(const F& function) noexcept {
    if (!pci::has_slot_reset(function)) return {rg::Support::no, "in no hotplug slot that can be reset"};
    if (const char* why = why_not_alone(function); why != nullptr) return {rg::Support::no, why};
    return {rg::Support::yes, "alone in a hotplug slot that can be reset"};
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<Slot> run(F& function) {
    return rg::reset(function, [](rg::ResetScope<F>& scope) -> rg::Verdict<Slot> {
      const F& asked = scope.device();
      const rg::Probe offered = probe(asked);
      if (offered.support == rg::Support::no) {
        return fail(scope, rg::Error(rg::Errc::unsupported, 0, rg::Literal::unchecked(offered.why)));
      }
      scope.touch();
      return pass_if(scope, reset(scope.device()));
    });
  }

 private:
  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status reset([[maybe_unused]] F& function) {
    if constexpr (pci::SlotResettable<F>) {
      const pci::ResetWitness witness(function);  // silent for a function that only this reset brings back
      RESET_GUARD_CHECK(function.reset_slot());
      RESET_GUARD_CHECK(pci::wait_until_ready(function));
      return witness.after(function);
    }
    return rg::Error(rg::Errc::unsupported, 0, "slot: this backend has none");
  }
};

}  // namespace methods
