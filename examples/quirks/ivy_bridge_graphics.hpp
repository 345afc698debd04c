// Intel Ivy Bridge graphics: no FLR, but a reset behind BAR 0, once the panel is off.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <chrono>
#include <cstdint>
#include <utility>

#include "pci/capability.hpp"
#include "pci/config.hpp"
#include "pci/function.hpp"
#include "pci/registers.hpp"

namespace quirks {

namespace rg = reset_guard;

// Source: reset_ivb_igd() of Linux, which logs its own timeout and answers success.
struct IvyBridgeReset : rg::ResetStep<IvyBridgeReset> {
  static constexpr rg::Literal name = "ivb_igd";

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<IvyBridgeReset> run(rg::ResetScope<F>& scope) {
    auto mapped = scope.device().map_bar(0);
    if (mapped.failed()) return fail(scope, std::move(mapped).error());
    auto registers = std::move(mapped).take();
    scope.touch();
    return pass_if(scope, reset(scope.device(), registers));
  }

 private:
  static constexpr std::uint32_t message_control = 0x45010;
  static constexpr std::uint32_t south_chicken_2 = 0xc2004;
  static constexpr std::uint32_t panel_power_status = 0xc7200;
  static constexpr std::uint32_t panel_power_control = 0xc7204;
  static constexpr std::uint32_t power_state = 0xd0100;
  static constexpr std::uint32_t panel_target_on = 1u << 0;  // in panel_power_control
  static constexpr std::uint32_t panel_busy = 0xb0000000;    // in panel_power_status

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status reset(F& function, typename F::Bar& registers) {
    registers.write32(message_control, 2);
    registers.write32(south_chicken_2, 5);
    registers.write32(panel_power_control, registers.read32(panel_power_control) & ~panel_target_on);
    RESET_GUARD_CHECK(
        rg::poll_until(function, rg::PollTimes<pci::Duration>{std::chrono::seconds(10), std::chrono::milliseconds(10)},
                       "panel off", [&]() -> rg::Result<bool> {
                         const std::uint32_t status = registers.read32(panel_power_status);
                         if (status == pci::all_ones<std::uint32_t> && pci::reads_as_absent(function)) {
                           return rg::Error(rg::Errc::gone, 0, "panel off");
                         }
                         return (status & panel_busy) == 0;
                       }));
    registers.write32(power_state, 2);
    if (pci::reads_as_absent(function)) return rg::Error(rg::Errc::gone, 0, "graphics reset");
    return rg::ok();
  }
};

template <pci::Function F>
rg::Probe probe_ivy_bridge_graphics(const F& function) noexcept {
  auto address = pci::memory_bar_address(function, 0);
  if (address.failed()) {
    std::move(address).discard("a probe answers no, whatever the reason");
    return {rg::Support::no, "the function does not answer"};
  }
  if (std::move(address).take() == 0) return {rg::Support::no, "BAR 0 is not assigned"};
  return {rg::Support::yes, "a reset behind BAR 0"};
}

template <pci::Function F>
RESET_GUARD_MUST_USE rg::Verdict<IvyBridgeReset> reset_ivy_bridge_graphics(rg::ResetScope<F>& scope) {
  return IvyBridgeReset::run(scope);
}

}  // namespace quirks
