// Samsung SM961 and PM961: an FLR of the enabled controller kills it, so it is disabled first.
#pragma once

#include <cerrno>
#include <cstdint>

#include "flr.hpp"
#include "function.hpp"
#include "pci/registers.hpp"

namespace upstream {

// Upstream's faults: its own timeout is logged, and the FLR follows all the same; the result of FLR is dropped; a
// failed map says 'unsupported'; memory decode stays on if FLR did not happen; all ones of a dead device are taken for
// a timeout of 128 s.
// Source: nvme_disable_and_flr() of Linux.
inline int reset_nvme_disable(Function& function, Purpose purpose) {
  namespace nvme = pci::nvme;
  Hardware& hardware = function.hardware;
  const Enumerated& found = hardware.enumerated();
  if (found.class_code != nvme::class_code || (found.bars & 1u) == 0) return -ENOTTY;
  if (reset_flr(function, Purpose::probe) != 0) return -ENOTTY;
  if (purpose == Purpose::probe) return 0;

  if (hardware.map(0) != 0) return -ENOTTY;
  write16(hardware, pci::header::command,
          read16(hardware, pci::header::command) | unsigned{pci::command::memory_space});
  const std::uint32_t configuration = hardware.read_mmio(0, nvme::cc);
  if ((configuration & nvme::cc_enable) != 0) {
    const std::uint32_t capabilities = hardware.read_mmio(0, nvme::cap);
    hardware.write_mmio(0, nvme::cc, configuration & ~(nvme::cc_enable | nvme::cc_shutdown));
    const std::int64_t timeout_us = (std::int64_t{capabilities >> nvme::cap_timeout_shift} + 1) * 500'000;
    const std::int64_t start = hardware.now_us();
    while ((hardware.read_mmio(0, nvme::csts) & nvme::csts_ready) != 0) {
      hardware.sleep_ms(100);
      if (hardware.now_us() - start < timeout_us) continue;
      hardware.logs("nvme_disable", "the controller is still ready, and the FLR follows", -ETIMEDOUT);
      break;
    }
  }
  hardware.unmap(0);

  flr(function);
  return 0;
}

}  // namespace upstream
