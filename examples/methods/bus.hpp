// Secondary bus reset, from the port above. The function need not answer for it.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <utility>

#include "pci/capability.hpp"
#include "pci/config.hpp"
#include "pci/function.hpp"
#include "pci/registers.hpp"
#include "pci/reset_witness.hpp"
#include "pci/scoped_bits.hpp"
#include "pci/wait.hpp"

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

// Source: PCI Express Base 6.0, section 6.6.1; pci_parent_bus_reset() of Linux.
struct Bus : rg::ResetStep<Bus> {
  static constexpr const char* name = "bus";

  template <pci::Function F>
  static rg::Probe probe(const F& function) noexcept {
    if (function.parent() == nullptr) return {rg::Support::no, "on a root bus: no port above it"};
    if (pci::is_bridge(function)) return {rg::Support::no, "a port: the bus below it would be reset too"};
    if (function.is_virtual_function()) {
      return {rg::Support::no, "a virtual function: its physical function shares the bus"};
    }
    if (function.functions_on_bus() != 1) return {rg::Support::no, "other functions share the bus"};
    if (masks_bus_reset(*function.parent())) {
      return {rg::Support::maybe, "alone below its port, which masks the reset unless cxl_bus unmasks it"};
    }
    return {rg::Support::yes, "alone below its port"};
  }

  template <pci::Function F>
  static bool excluded(const F& function) noexcept {
    return function.reset_flags().no_bus_reset;
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<Bus> run(F& function) {
    return rg::reset(function, [](rg::ResetScope<F>& scope) -> rg::Verdict<Bus> {
      const F& asked = scope.device();
      const rg::Probe offered = probe(asked);
      if (offered.support == rg::Support::no) {
        return fail(scope, rg::Error(rg::Errc::unsupported, 0, offered.why));
      }
      if (masks_bus_reset(*asked.parent())) {
        return fail(scope, rg::Error(rg::Errc::unsupported, 0, "bus: masked by the CXL port above"));
      }
      scope.touch();
      return done_if(scope, pulse(scope.device()));
    });
  }

 private:
  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status pulse(F& function) {
    auto& port = *function.parent();
    const pci::ResetWitness witness(function);  // silent for a function that only this reset brings back
    // Off afterwards, also if a reset before this one could not switch it off.
    constexpr pci::Pulse held{pci::bridge::secondary_bus_reset, pci::bridge::secondary_bus_reset, 0};
    RESET_GUARD_CHECK(pci::with_pulse16(port, pci::bridge::control, held, [&] {
      port.sleep(pci::bus_reset_hold_time);
      return rg::ok();
    }));
    RESET_GUARD_CHECK(pci::wait_until_ready(function));
    return witness.after(function);
  }
};

}  // namespace methods
