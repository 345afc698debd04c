// Function Level Reset of a conventional function, by the Advanced Features capability.
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

// Source: PCI Advanced Capabilities ECN for Conventional PCI; pci_af_flr() of Linux.
struct AfFlr : rg::ResetStep<AfFlr> {
  static constexpr rg::Literal name = "af_flr";
  using destroys = rg::all_of<rg::contents::registers, rg::contents::dma>;
  using Witness = pci::ResetWitness;

  template <pci::Function F>
  static rg::Probe probe(const F& function) noexcept {
    auto found = pci::find_capability(function, pci::advanced_features::id);
    if (found.failed()) {
      std::move(found).discard("a probe answers no, whatever the reason");
      return {rg::Support::no, "no Advanced Features capability"};
    }
    if (!is_capable(function, std::move(found).take())) {
      return {rg::Support::no, "Advanced Features does not offer FLR with Transactions Pending"};
    }
    return {rg::Support::yes, "Advanced Features offers FLR"};
  }

  template <pci::Function F>
  static bool excluded(const F& function) noexcept {
    return function.reset_flags().no_flr;
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<AfFlr> run(F& function) {
    if (excluded(function)) return rg::Error(rg::Errc::unsupported, 0, "af_flr: the device is flagged: no FLR");
    auto found = pci::find_capability(function, pci::advanced_features::id);
    if (found.failed()) return cannot_begin<AfFlr>(function, std::move(found).error());
    const std::uint16_t capability = std::move(found).take();
    if (!is_capable(function, capability)) {
      return rg::Error(rg::Errc::unsupported, 0, "af_flr: Advanced Features does not offer it");
    }
    pci::wait_for_pending_transactions_af(function, capability)
        .discard("the reset may go on without; what is wrong shows in it");
    return rg::ResetStep<AfFlr>::run(function,
                                     static_cast<std::uint16_t>(capability + pci::advanced_features::control));
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(rg::ResetScope<F>& scope, std::uint16_t control) {
    RESET_GUARD_CHECK(scope.device().write8(control, pci::advanced_features::initiate_function_level_reset));
    return pci::wait_until_ready(scope);
  }

 private:
  // Both bits are needed, and all ones is no capability.
  template <pci::Function F>
  static bool is_capable(const F& function, std::uint16_t capability) noexcept {
    constexpr std::uint8_t both =
        pci::advanced_features::transactions_pending_capable | pci::advanced_features::function_level_reset_capable;
    const auto offered = pci::read_surely<std::uint8_t>(function, capability + pci::advanced_features::capabilities);
    return offered != pci::all_ones<std::uint8_t> && (offered & both) == both;
  }
};

}  // namespace methods
