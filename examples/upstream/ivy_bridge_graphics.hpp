// Intel Ivy Bridge graphics: no FLR, but a reset behind BAR 0, once the panel is off.
#pragma once

#include <cerrno>
#include <cstdint>

#include "function.hpp"

namespace upstream {

// Upstream's faults: its own timeout is logged, the reset is done over a panel that is on, and success is returned; its
// probe reports support without looking.
// Source: reset_ivb_igd() of Linux.
inline int reset_ivy_bridge_graphics(Function& function, Purpose purpose) {
  constexpr std::uint32_t message_control = 0x45010;
  constexpr std::uint32_t south_chicken_2 = 0xc2004;
  constexpr std::uint32_t panel_power_status = 0xc7200;
  constexpr std::uint32_t panel_power_control = 0xc7204;
  constexpr std::uint32_t power_state = 0xd0100;
  constexpr std::uint32_t panel_target_on = 1u << 0;
  constexpr std::uint32_t panel_busy = 0xb0000000;
  constexpr std::int64_t timeout_us = 10'000'000;

  if (purpose == Purpose::probe) return 0;
  Hardware& hardware = function.hardware;
  if (hardware.map(0) != 0) return -ENOMEM;
  hardware.write_mmio(0, message_control, 2);
  hardware.write_mmio(0, south_chicken_2, 5);
  hardware.write_mmio(0, panel_power_control, hardware.read_mmio(0, panel_power_control) & ~panel_target_on);

  const std::int64_t start = hardware.now_us();
  while ((hardware.read_mmio(0, panel_power_status) & panel_busy) != 0) {
    hardware.sleep_ms(10);
    if (hardware.now_us() - start < timeout_us) continue;
    hardware.logs("ivy_bridge_graphics", "the panel is still on, and the reset goes on", -ETIMEDOUT);
    break;
  }

  hardware.write_mmio(0, power_state, 2);
  hardware.unmap(0);
  return 0;
}

}  // namespace upstream
