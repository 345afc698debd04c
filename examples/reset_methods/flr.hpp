// Function Level Reset, by the PCI Express capability.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <utility>

#include "offer.hpp"
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
  using destroys = rg::all_of<rg::contents::registers, rg::contents::dma>;
  using Witness = pci::ResetWitness;

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
    if (excluded(function)) return rg::Error(rg::Errc::unsupported, 0, "flr: the device is flagged: no FLR");
    return run(function, true);
  }

  // The same without a look at Device Capabilities and the reset flags: for the handler of a function that has FLR and
  // does not say so, or that survives it only as that handler does it.
  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<Flr> run_unreported(F& function) {
    return run(function, false);
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(rg::ResetScope<F>& scope, std::uint16_t device_control) {
    const auto control = pci::read_surely<std::uint16_t>(scope.device(), device_control);
    if (control == pci::all_ones<std::uint16_t>) return rg::Error(rg::Errc::gone, 0, "initiate FLR");
    RESET_GUARD_CHECK(scope.device().write16(device_control, control | pci::express::initiate_function_level_reset));
    return pci::wait_until_ready(scope);
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
  RESET_GUARD_MUST_USE static rg::Verdict<Flr> run(F& function, bool must_report) {
    auto found = pci::find_capability(function, pci::express::id);
    if (found.failed()) return cannot_begin<Flr>(function, std::move(found).error());
    const std::uint16_t express = std::move(found).take();
    if (must_report && !is_capable(function, express)) {
      return rg::Error(rg::Errc::unsupported, 0, "flr: Device Capabilities does not offer it");
    }
    pci::wait_for_pending_transactions(function).discard("the reset may go on without; what is wrong shows in it");
    return rg::ResetStep<Flr>::run(function, static_cast<std::uint16_t>(express + pci::express::device_control));
  }
};

}  // namespace methods
