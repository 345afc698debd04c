// A Huawei HiNIC virtual function. Its registers are big-endian.
//
// Software sets bit 18 of 0xe80, starts an FLR and then writes to the vendor id, so that the device learns its bus
// number again; the firmware clears the bit when its part is done.
#pragma once

#include "firmware.hpp"

namespace sim {

class HinicFirmware final : public Firmware {
 public:
  static constexpr std::uint32_t flr_type = 0x1000;
  static constexpr std::uint32_t flr_capable = 1u << 30;
  static constexpr std::uint32_t operation = 0xe80;
  static constexpr std::uint32_t flr_in_process = 1u << 18;

  explicit HinicFirmware(const FirmwareOptions& options) noexcept
      : Firmware(options), type_(options.hinic_flr_capable ? flr_capable : 0) {}

  std::uint32_t read(std::uint32_t offset, Duration now) override {
    advance(now);
    if (offset == flr_type) return __builtin_bswap32(type_);
    if (offset == operation) return __builtin_bswap32(operation_);
    return Firmware::read(offset, now);
  }

  MmioEffect write(std::uint32_t offset, std::uint32_t value, Duration now) override {
    advance(now);
    if (offset == flr_type) return {};
    if (offset != operation) return Firmware::write(offset, value, now);
    operation_ = __builtin_bswap32(value);
    return {};
  }

  void config_written(std::uint32_t offset, Duration now) override {
    if (offset != pci::header::vendor_id || !needs_bus_number_) return;
    needs_bus_number_ = false;
    started_ = now;
  }

  void was_reset(ResetKind kind, Duration now) override {
    Firmware::was_reset(kind, now);
    at_work_ = (operation_ & flr_in_process) != 0;
    needs_bus_number_ = true;
    if (kind == ResetKind::power_cycle) {  // the firmware starts anew
      operation_ = 0;
      at_work_ = false;
    }
  }

  const char* unfinished(Duration now) override {
    advance(now);
    return at_work_ ? "the firmware has not acknowledged the FLR" : nullptr;
  }

  const char* name(std::uint32_t offset) const noexcept override {
    if (offset == flr_type) return "HINIC_VF_FLR_TYPE";
    if (offset == operation) return "HINIC_VF_OP";
    return nullptr;
  }

  void advance(Duration now) override {
    if (!at_work_ || needs_bus_number_ || !answered(started_, now)) return;
    at_work_ = false;
    operation_ &= ~flr_in_process;
  }

 private:
  std::uint32_t type_;
  std::uint32_t operation_ = 0;
  bool at_work_ = false;
  bool needs_bus_number_ = false;
  Duration started_{};
};

}  // namespace sim
