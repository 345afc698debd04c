// Ivy Bridge graphics: no FLR, but a reset behind BAR 0.
//
// With south chicken 2 set to 5, clearing bit 0 of the panel power control takes the panel down; the panel power status
// says when it is (bits 31, 29 and 28). Then a write of 2 to the power state register resets the function.
#pragma once

#include "firmware.hpp"

namespace sim {

class IvyBridgeGraphicsFirmware final : public Firmware {
 public:
  static constexpr std::uint32_t message_control = 0x45010;
  static constexpr std::uint32_t south_chicken_2 = 0xc2004;
  static constexpr std::uint32_t panel_power_status = 0xc7200;
  static constexpr std::uint32_t panel_power_control = 0xc7204;
  static constexpr std::uint32_t power_state = 0xd0100;
  static constexpr std::uint32_t panel_busy = 0xb0000000;

  using Firmware::Firmware;

  std::uint32_t read(std::uint32_t offset, Duration now) override {
    advance(now);
    switch (offset) {
      case south_chicken_2: return chicken_;
      case panel_power_control: return control_;
      case panel_power_status: return panel_ == Panel::on ? on : panel_ == Panel::going_down ? going_down : 0;
      default: return Firmware::read(offset, now);
    }
  }

  MmioEffect write(std::uint32_t offset, std::uint32_t value, Duration now) override {
    advance(now);
    switch (offset) {
      case south_chicken_2: chicken_ = value; break;
      case panel_power_control:
        control_ = value;
        if ((value & power_target_on) == 0 && chicken_ == 5 && panel_ == Panel::on) {
          panel_ = Panel::going_down;
          started_ = now;
        }
        break;
      case panel_power_status: break;
      case power_state:
        if (value != 2) break;
        return {true, panel_ == Panel::off ? nullptr : "the graphics engine was reset before its panel was off"};
      default: return Firmware::write(offset, value, now);
    }
    return {};
  }

  void was_reset(ResetKind kind, Duration now) override {
    Firmware::was_reset(kind, now);
    panel_ = Panel::off;
    chicken_ = 0;
    control_ = 0;
  }

  const char* name(std::uint32_t offset) const noexcept override {
    switch (offset) {
      case message_control: return "MSG_CTL";
      case south_chicken_2: return "SOUTH_CHICKEN2";
      case panel_power_status: return "PCH_PP_STATUS";
      case panel_power_control: return "PCH_PP_CONTROL";
      case power_state: return "NSDE_PWR_STATE";
      default: return nullptr;
    }
  }

  void advance(Duration now) override {
    if (panel_ == Panel::going_down && answered(started_, now)) panel_ = Panel::off;
  }

 private:
  enum class Panel : std::uint8_t { on, going_down, off };
  static constexpr std::uint32_t power_target_on = 1u << 0;
  static constexpr std::uint32_t on = 0x80000000;
  static constexpr std::uint32_t going_down = 0xa0000000;

  Panel panel_ = Panel::on;
  std::uint32_t chicken_ = 0;
  std::uint32_t control_ = power_target_on;
  Duration started_{};
};

}  // namespace sim
