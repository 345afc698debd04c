// Qualcomm WLAN adapters and modems: a register behind BAR 0 resets the chip, config space stays as it is.
#pragma once

#include "firmware.hpp"

namespace sim {

// Held in reset by bit 0 of 0x3008, and for a while after it, the chip reads all ones. 0x38 is the control register of
// its Modem Host Interface, which a driver has set to a running state. That interface comes out of the reset with a
// system error in its status register, 0x48, which bit 1 of the control register clears (ath11k: seen on QCA6390).
class QualcommWlanFirmware final : public Firmware {
 public:
  static constexpr std::uint32_t reset_register = 0x3008;
  static constexpr std::uint32_t mhi_control = 0x38;
  static constexpr std::uint32_t mhi_status = 0x48;

  using Firmware::Firmware;

  std::uint32_t read(std::uint32_t offset, Duration now) override {
    advance(now);
    if (held_) return offset == reset_register ? 1 : 0xffffffff;
    if (coming_back_) return 0xffffffff;
    if (offset == reset_register) return 0;
    if (offset == mhi_status) return system_error_ ? 1u << 2 : 0;
    return offset == mhi_control ? control_ : Firmware::read(offset, now);
  }

  MmioEffect write(std::uint32_t offset, std::uint32_t value, Duration now) override {
    advance(now);
    if (offset == reset_register) {
      if ((value & 1) != 0) {
        if (!held_) since_ = now;
        held_ = true;
        return {};
      }
      if (!held_) return {};
      held_ = false;
      if (now - since_ < std::chrono::milliseconds(10))
        return {false, "the chip was held in reset for less than 10 ms"};
      coming_back_ = true;
      since_ = now;
      return {true, nullptr};
    }
    if (held_ || coming_back_) return {};
    if (offset != mhi_control) return Firmware::write(offset, value, now);
    if ((value & mhi_reset) != 0) system_error_ = false;
    control_ = (value & mhi_reset) != 0 ? 0 : value;
    return {};
  }

  void was_reset(ResetKind kind, Duration now) override {
    Firmware::was_reset(kind, now);
    control_ = 0;
    system_error_ = kind == ResetKind::firmware;
    if (kind != ResetKind::firmware) held_ = coming_back_ = false;
  }

  const char* unfinished(Duration now) override {
    advance(now);
    if (held_ || coming_back_) return "the chip is still in reset";
    return system_error_ ? "its interface is in an error state" : nullptr;
  }

  const char* name(std::uint32_t offset) const noexcept override {
    if (offset == reset_register) return "PCIE_SOC_GLOBAL_RESET";
    if (offset == mhi_status) return "MHISTATUS";
    return offset == mhi_control ? "MHICTRL" : nullptr;
  }

  void advance(Duration now) override {
    if (coming_back_ && answered(since_, now)) coming_back_ = false;
  }

 private:
  static constexpr std::uint32_t mhi_reset = 1u << 1;

  std::uint32_t control_ = 0x200;  // M0, as a driver leaves it
  bool held_ = false;
  bool coming_back_ = false;
  bool system_error_ = false;
  Duration since_{};
};

// A write of 1 to 0xb0 starts a reset of two seconds at most. No register tells.
class QualcommModemFirmware final : public Firmware {
 public:
  static constexpr std::uint32_t reset_register = 0xb0;

  using Firmware::Firmware;

  MmioEffect write(std::uint32_t offset, std::uint32_t value, Duration now) override {
    if (offset != reset_register) return Firmware::write(offset, value, now);
    if ((value & 1) == 0) return {};
    busy_ = true;
    since_ = now;
    return {true, nullptr};
  }

  const char* unfinished(Duration now) override {
    advance(now);
    return busy_ ? "the modem is still starting" : nullptr;
  }

  const char* name(std::uint32_t offset) const noexcept override {
    return offset == reset_register ? "MODEM_RESET" : nullptr;
  }

  void advance(Duration now) override {
    if (busy_ && answered(since_, now)) busy_ = false;
  }

 private:
  bool busy_ = false;
  Duration since_{};
};

}  // namespace sim
