// Huawei HiNIC virtual function: its firmware takes part in an FLR, and says when it is done.
#pragma once

#include <cerrno>
#include <cstdint>

#include "flr.hpp"
#include "function.hpp"
#include "pci/registers.hpp"

namespace upstream {

// Upstream's faults: the result of FLR is dropped; its own timeout is logged, and success returned; its probe reports
// support without looking; a failed map says 'unsupported'; all ones of a dead device are taken for the capability.
// Source: reset_hinic_vf_dev() of Linux.
inline int reset_hinic_vf(Function& function, Purpose purpose) {
  constexpr std::uint32_t flr_type = 0x1000;
  constexpr std::uint32_t flr_capable = 1u << 30;
  constexpr std::uint32_t operation = 0xe80;
  constexpr std::uint32_t flr_in_process = 1u << 18;
  constexpr std::int64_t timeout_us = 15'000'000;

  if (purpose == Purpose::probe) return 0;
  Hardware& hardware = function.hardware;
  if (hardware.map(0) != 0) return -ENOTTY;
  // Its registers are big-endian.
  const auto read = [&hardware](std::uint32_t offset) { return __builtin_bswap32(hardware.read_mmio(0, offset)); };
  if ((read(flr_type) & flr_capable) == 0) {
    hardware.unmap(0);
    return -ENOTTY;
  }
  hardware.write_mmio(0, operation, __builtin_bswap32(read(operation) | flr_in_process));

  flr(function);

  // Config writes tell the device its bus number, which it lost in the FLR and answers with.
  write16(hardware, pci::header::vendor_id, 0);
  const std::int64_t start = hardware.now_us();
  bool acknowledged = (read(operation) & flr_in_process) == 0;
  while (!acknowledged && hardware.now_us() - start < timeout_us) {
    hardware.sleep_ms(20);
    acknowledged = (read(operation) & flr_in_process) == 0;
  }
  if (!acknowledged) hardware.logs("hinic_vf", "the firmware has not acknowledged the FLR", -ETIMEDOUT);
  hardware.unmap(0);
  return 0;
}

}  // namespace upstream
