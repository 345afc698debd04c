// Chelsio T4: it hangs in an FLR unless bus mastering and MSI-X are on, so that what is under way can leave the chip.
#pragma once

#include <cerrno>

#include "flr.hpp"
#include "function.hpp"
#include "pci/registers.hpp"
#include "saved_config.hpp"

namespace upstream {

// Upstream's faults: the result of FLR is dropped, and so is that of every write.
// Source: reset_chelsio_generic_dev() of Linux.
inline int reset_chelsio_t4(Function& function, Purpose purpose) {
  namespace msi_x = pci::msi_x;
  Hardware& hardware = function.hardware;
  if ((hardware.enumerated().id.device & 0xf000) != 0x4000) return -ENOTTY;
  if (purpose == Purpose::probe) return 0;

  const unsigned command = read16(hardware, pci::header::command);
  write16(hardware, pci::header::command, command | pci::command::bus_master);
  const SavedConfig saved(hardware);
  const unsigned at = hardware.enumerated().msi_x + msi_x::flags;
  const unsigned flags = read16(hardware, at);
  if ((flags & msi_x::enable) == 0) write16(hardware, at, flags | msi_x::enable | msi_x::function_mask);

  flr(function);

  saved.restore();
  write16(hardware, pci::header::command, command);
  return 0;
}

}  // namespace upstream
