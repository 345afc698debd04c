// Chelsio T4: it hangs in an FLR unless bus mastering and MSI-X are on, so that what is under way can leave the chip.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <utility>

#include "pci/capability.hpp"
#include "pci/config.hpp"
#include "pci/function.hpp"
#include "pci/registers.hpp"
#include "pci/saved_config.hpp"
#include "reset_methods/flr.hpp"
#include "reset_methods/offer.hpp"

namespace quirks {

namespace rg = reset_guard;

// What is under way inside the chip can leave it. Bus mastering is on during the reset, by design: it is prepare's
// fence that keeps the DMA in.
struct ChelsioDrains : rg::Step<ChelsioDrains> {
  static constexpr rg::Literal name = "t4_drain";

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(rg::ResetScope<F>& scope) {
    namespace msi_x = pci::msi_x;
    F& function = scope.device();
    scope.touch();
    RESET_GUARD_CHECK(pci::set_command(function, pci::command::bus_master));
    RESET_GUARD_TRY(const auto capability, pci::find_capability(function, msi_x::id));
    const std::uint16_t offset = capability + msi_x::flags;
    if ((pci::read_surely<std::uint16_t>(function, offset) & msi_x::enable) != 0) return rg::ok();
    return pci::change_bits16(function, offset, 0, msi_x::enable | msi_x::function_mask, "enable MSI-X, masked");
  }
};

template <pci::Function F>
rg::Probe probe_chelsio_t4(const F& function) noexcept {
  if ((function.id().device & 0xf000) != 0x4000) return {rg::Support::no, "a Chelsio adapter, but not a T4"};
  return methods::Flr::probe(function);
}

// Source: reset_chelsio_generic_dev() of Linux, which drops the result of the FLR.
template <pci::Function F>
RESET_GUARD_MUST_USE rg::Verdict<ChelsioDrains, methods::Flr> reset_chelsio_t4(rg::ResetScope<F>& scope) {
  const F& asked = scope.device();
  RESET_GUARD_CHECK(methods::unless_no(probe_chelsio_t4(asked)));
  RESET_GUARD_TRY(const auto saved, pci::SavedConfig::save(asked));
  auto flr = [&]() -> rg::Verdict<ChelsioDrains, methods::Flr> {
    RESET_GUARD_TRY(auto drains, ChelsioDrains::run(scope));
    RESET_GUARD_TRY(auto reset, methods::Flr::run(scope.device()));
    return rg::join(std::move(drains), std::move(reset));
  }();
  return rg::first_error(std::move(flr), saved.restore(scope.device()));
}

}  // namespace quirks
