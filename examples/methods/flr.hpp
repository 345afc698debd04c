// Function Level Reset, by the PCI Express capability.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <utility>

#include "pci/capability.hpp"
#include "pci/function.hpp"
#include "pci/registers.hpp"
#include "pci/reset_witness.hpp"
#include "pci/wait.hpp"

namespace methods {

namespace rg = reset_guard;

// Source: PCI Express Base 6.0, section 6.6.2; pcie_reset_flr() and pcie_flr() of Linux.
struct Flr : rg::ResetStep<Flr> {
  static constexpr rg::Literal name = "flr";

  template <pci::Function F>
  static rg::Probe probe(const F& function) noexcept {
    auto found = pci::find_capability(function, pci::express::id);
    if (found.failed()) {
      std::move(found).discard("a probe answers no, whatever the reason");
      return {rg::Support::no, "no PCI Express capability"};
    }
    if (!is_capable(function, std::move(found).take())) {
      return {rg::Support::no, "Device Capabilities does not offer FLR"};
    }
    return {rg::Support::yes, "Device Capabilities offers FLR"};
  }

  template <pci::Function F>
  static bool excluded(const F& function) noexcept {
    return function.reset_flags().no_flr;
  }

  // Resets the function, if Device Capabilities says that it can be reset this way.
  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<Flr> run(F& function) {
    return reset(function, false);
  }

  // The same without a look at Device Capabilities: for a function that has FLR and does not say so.
  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<Flr> run_unreported(F& function) {
    return reset(function, true);
  }

 private:
  // All ones is no capability: it is a device that does not answer.
  template <pci::Function F>
  static bool is_capable(const F& function, std::uint16_t express) noexcept {
    const auto capabilities = pci::read_surely<std::uint32_t>(function, express + pci::express::device_capabilities);
    return capabilities != pci::all_ones<std::uint32_t> &&
           (capabilities & pci::express::function_level_reset_capable) != 0;
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<Flr> reset(F& function, bool unreported) {
    pci::wait_for_pending_transactions(function).discard("the reset may go on without; what is wrong shows in it");
    return rg::reset(function, [unreported](rg::ResetScope<F>& scope) -> rg::Verdict<Flr> {
      if (!unreported && excluded(scope.device())) {
        return fail(scope, rg::Error(rg::Errc::unsupported, 0, "flr: the device is flagged: no FLR"));
      }
      auto found = pci::find_capability(scope.device(), pci::express::id);
      if (found.failed()) return fail(scope, std::move(found).error());
      const std::uint16_t express = std::move(found).take();
      if (!unreported && !is_capable(scope.device(), express)) {
        return fail(scope, rg::Error(rg::Errc::unsupported, 0, "flr: Device Capabilities does not offer it"));
      }
      scope.touch();
      return pass_if(scope, initiate(scope.device(), express + pci::express::device_control));
    });
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status initiate(F& function, std::uint16_t device_control) {
    const pci::ResetWitness witness(function);
    const auto control = pci::read_surely<std::uint16_t>(function, device_control);
    if (control == pci::all_ones<std::uint16_t>) return rg::Error(rg::Errc::gone, 0, "initiate FLR");
    RESET_GUARD_CHECK(function.write16(device_control, control | pci::express::initiate_function_level_reset));
    RESET_GUARD_CHECK(pci::wait_until_ready(function));
    return witness.after(function);
  }
};

}  // namespace methods
