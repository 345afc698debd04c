// An NVMe controller: capabilities, configuration and status, and ready that follows enable.
#pragma once

#include "firmware.hpp"

namespace sim {

class NvmeFirmware final : public Firmware {
 public:
  explicit NvmeFirmware(const FirmwareOptions& options) noexcept
      : Firmware(options),
        cap_(0x000107ffu | std::uint32_t{options.nvme_timeout_units} << pci::nvme::cap_timeout_shift),
        dies_when_enabled_(options.nvme_dies_when_enabled) {}

  std::uint32_t read(std::uint32_t offset, Duration now) override {
    advance(now);
    switch (offset) {
      case pci::nvme::cap: return cap_;
      case pci::nvme::cc: return cc_;
      case pci::nvme::csts: return csts_;
      default: return Firmware::read(offset, now);
    }
  }

  MmioEffect write(std::uint32_t offset, std::uint32_t value, Duration now) override {
    advance(now);
    switch (offset) {
      case pci::nvme::cap:
      case pci::nvme::csts: break;  // read-only
      case pci::nvme::cc:
        if (((cc_ ^ value) & pci::nvme::cc_enable) != 0) {
          changing_ = true;
          started_ = now;
        }
        cc_ = value;
        break;
      default: return Firmware::write(offset, value, now);
    }
    return {};
  }

  bool survives(const ConfigSpace&, ResetKind kind, Duration now) override {
    advance(now);
    return kind != ResetKind::flr || !dies_when_enabled_ || (csts_ & pci::nvme::csts_ready) == 0;
  }

  void was_reset(ResetKind kind, Duration now) override {
    Firmware::was_reset(kind, now);
    cc_ = 0;
    csts_ = 0;
    changing_ = false;
  }

  const char* name(std::uint32_t offset) const noexcept override {
    switch (offset) {
      case pci::nvme::cap: return "CAP";
      case pci::nvme::cc: return "CC";
      case pci::nvme::csts: return "CSTS";
      default: return nullptr;
    }
  }

  void advance(Duration now) override {
    if (!changing_ || !answered(started_, now)) return;
    changing_ = false;
    csts_ = (cc_ & pci::nvme::cc_enable) != 0 ? csts_ | pci::nvme::csts_ready : csts_ & ~pci::nvme::csts_ready;
  }

 private:
  std::uint32_t cap_;
  std::uint32_t cc_ = 0x00460001;  // enabled, as a driver leaves it
  std::uint32_t csts_ = pci::nvme::csts_ready;
  bool dies_when_enabled_;
  bool changing_ = false;
  Duration started_{};
};

}  // namespace sim
