// Bus reset: of the hotplug slot, where there is one, otherwise by the port above. The function need not answer for it.
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
#include "slot.hpp"

namespace methods {

namespace rg = reset_guard;

// Whether the port above is a CXL port that ignores a secondary bus reset.
template <pci::ConfigRead Port>
[[nodiscard]] bool masks_bus_reset(const Port& port) noexcept {
  auto found = pci::find_dvsec(port, pci::cxl_port::vendor, pci::cxl_port::dvsec_id);
  if (found.failed()) {
    std::move(found).discard("not a CXL port: nothing is masked");
    return false;
  }
  const auto control = pci::read_surely<std::uint16_t>(port, std::move(found).take() + pci::cxl_port::control);
  return (control & pci::cxl_port::unmask_sbr) == 0;
}

// Whether the port above is known not to bring back what is below it.
template <class Port>
[[nodiscard]] bool loses_what_is_below(const Port& port) noexcept {
  if constexpr (requires { port.reset_flags(); }) return port.reset_flags().no_bus_reset;
  return false;
}

// Holds all that is below a port in reset for a while.
// Errors: those of with_pulse16().
template <pci::Port Port>
RESET_GUARD_MUST_USE rg::Status pulse_bus_reset(Port& port) {
  // Off afterwards, also if a reset before this one could not switch it off.
  constexpr pci::Pulse held{pci::bridge::secondary_bus_reset, pci::bridge::secondary_bus_reset, 0};
  return pci::with_pulse16(port, pci::bridge::control, held, [&] {
    port.sleep(pci::bus_reset_hold_time);
    return rg::ok();
  });
}

// Source: PCI Express Base 6.0, section 6.6.1; pci_reset_bus_function() and pci_parent_bus_reset() of Linux. The flag
// of the port is looked at there for whole buses only; it is true of one function as well.
struct Bus : rg::ResetStep<Bus> {
  static constexpr rg::Literal name = "bus";
  using proved_by = rg::any_of<Slot>;
  using destroys = rg::all_of<rg::contents::registers, rg::contents::dma>;
  using Witness = pci::ResetWitness;

  template <pci::Function F>
  static rg::Probe probe(const F& function) noexcept {
    const bool slot = pci::has_slot_reset(function);
    if (!slot && function.parent() == nullptr) {
      return {rg::Support::no, pci::why_none(function, pci::Lacks::port)};
    }
    if (const char* why = why_not_alone(function); why != nullptr) return {rg::Support::no, why};
    if (function.parent() != nullptr) {
      if (loses_what_is_below(*function.parent())) {
        return {rg::Support::no, "the port above it is flagged: what is below does not come back from a bus reset"};
      }
      if (masks_bus_reset(*function.parent())) {
        return {rg::Support::maybe, "alone below its port, which masks the reset unless cxl_bus unmasks it"};
      }
    }
    return {rg::Support::yes, slot ? "alone in a hotplug slot that can be reset" : "alone below its port"};
  }

  template <pci::Function F>
  static bool excluded(const F& function) noexcept {
    return function.reset_flags().no_bus_reset;
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<Bus> run(F& function) {
    const F& asked = function;
    if (excluded(asked)) return rg::Error(rg::Errc::unsupported, 0, "bus: the device is flagged: no bus reset");
    RESET_GUARD_CHECK(unless_no(probe(asked)));
    if (asked.parent() != nullptr && masks_bus_reset(*asked.parent())) {  // in a slot, too
      return rg::Error(rg::Errc::unsupported, 0, "bus: masked by the CXL port above");
    }
    if (!pci::has_slot_reset(asked)) return rg::ResetStep<Bus>::run(function);
    RESET_GUARD_TRY(auto slot, Slot::run(function));
    return slot;
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(rg::ResetScope<F>& scope) {
    RESET_GUARD_CHECK(pulse_bus_reset(*scope.device().parent()));
    return pci::wait_until_ready(scope);
  }
};

}  // namespace methods
