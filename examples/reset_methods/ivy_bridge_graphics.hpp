// Intel Ivy Bridge graphics: no FLR, but a reset behind BAR 0, once the panel is off.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <chrono>
#include <cstdint>
#include <utility>

#include "pci/capability.hpp"
#include "pci/function.hpp"
#include "pci/registers.hpp"
#include "reset_methods/behind_bar_0.hpp"

namespace quirks {

namespace rg = reset_guard;

namespace ivy_bridge {
inline constexpr std::uint32_t message_control = 0x45010;
inline constexpr std::uint32_t south_chicken_2 = 0xc2004;
inline constexpr std::uint32_t panel_power_status = 0xc7200;
inline constexpr std::uint32_t panel_power_control = 0xc7204;
inline constexpr std::uint32_t power_state = 0xd0100;
inline constexpr std::uint32_t panel_target_on = 1u << 0;  // in panel_power_control
inline constexpr std::uint32_t panel_busy = 0xb0000000;    // in panel_power_status
}  // namespace ivy_bridge

struct PanelOff : rg::Step<PanelOff> {
  static constexpr rg::Literal name = "panel_off";

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(rg::ResetScope<F>& scope, typename F::Bar& registers) {
    F& function = scope.device();
    scope.touch();
    registers.write32(ivy_bridge::message_control, 2);
    registers.write32(ivy_bridge::south_chicken_2, 5);
    const std::uint32_t control = pci::read_surely(registers, ivy_bridge::panel_power_control);
    if (control == pci::all_ones<std::uint32_t>) return rg::Error(rg::Errc::gone, 0, "read panel power control");
    registers.write32(ivy_bridge::panel_power_control, control & ~ivy_bridge::panel_target_on);
    return rg::poll_until(function, {std::chrono::seconds(10), std::chrono::milliseconds(10)}, "panel off",
                          [&]() -> rg::Result<bool> {
                            const std::uint32_t status = pci::read_surely(registers, ivy_bridge::panel_power_status);
                            if (status == pci::all_ones<std::uint32_t> && pci::reads_as_absent(function)) {
                              return rg::Error(rg::Errc::gone, 0, "panel off");
                            }
                            return (status & ivy_bridge::panel_busy) == 0;
                          });
  }
};

struct IvyBridgeReset : rg::ResetStep<IvyBridgeReset> {
  static constexpr rg::Literal name = "ivb_igd";
  using destroys = rg::all_of<rg::contents::registers, rg::contents::dma>;

  // South Chicken 2 is a register of the display engine that is reset, and PanelOff has written to it.
  struct Witness {
    template <class F, class Bar>
    Witness(F&, Bar& registers) noexcept : before(pci::read_surely(registers, ivy_bridge::south_chicken_2)) {}
    template <class F, class Bar>
    RESET_GUARD_MUST_USE rg::Status check(F& function, Bar& registers) const {
      const std::uint32_t now = pci::read_surely(registers, ivy_bridge::south_chicken_2);
      if (now == pci::all_ones<std::uint32_t>) {
        return rg::Error(pci::reads_as_absent(function) ? rg::Errc::gone : rg::Errc::io, 0, "graphics reset");
      }
      if (now == before) return rg::Error(rg::Errc::io, static_cast<std::int32_t>(now), "the display kept its state");
      return rg::ok();
    }
    std::uint32_t before;
  };

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(F& function, typename F::Bar& registers) {
    registers.write32(ivy_bridge::power_state, 2);
    if (pci::reads_as_absent(function)) return rg::Error(rg::Errc::gone, 0, "graphics reset");
    return rg::ok();
  }
};

template <pci::Function F>
rg::Probe probe_ivy_bridge_graphics(const F& function) noexcept {
  return methods::probe_behind_bar_0(function, "a reset behind BAR 0");
}

// Source: reset_ivb_igd() of Linux, which logs its own timeout and answers success.
template <pci::Function F>
RESET_GUARD_MUST_USE rg::Verdict<PanelOff, IvyBridgeReset> reset_ivy_bridge_graphics(rg::ResetScope<F>& scope) {
  return methods::with_bar_0(scope, [&](typename F::Bar& registers) -> rg::Verdict<PanelOff, IvyBridgeReset> {
    RESET_GUARD_TRY(auto off, PanelOff::run(scope, registers));
    RESET_GUARD_TRY(auto reset, IvyBridgeReset::run(scope, registers));
    return rg::join(std::move(off), std::move(reset));
  });
}

}  // namespace quirks
