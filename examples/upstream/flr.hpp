// Function Level Reset, by the PCI Express capability.
#pragma once

#include <cerrno>

#include "function.hpp"
#include "pci/registers.hpp"
#include "prepare_done.hpp"
#include "wait.hpp"

namespace upstream {

// Without a look at Device Capabilities: what the handlers call, inside a pair of device_specific().
// Upstream's fault: nobody looks whether the write was accepted, or whether the function that answers was reset.
// Source: pcie_flr() of Linux.
inline int flr(Function& function) {
  namespace express = pci::express;
  Hardware& hardware = function.hardware;
  const unsigned at = hardware.enumerated().express;
  if (at != 0 && !no_transaction_pending(function, at + express::device_status, express::transactions_pending)) {
    hardware.logs("flr", "transactions are pending, and the reset goes on", -ETIMEDOUT);
  }

  int result = prepare(function, "flr");
  if (result != 0) return result;
  if (at != 0) {
    const unsigned control = at + express::device_control;
    write16(hardware, control, read16(hardware, control) | express::initiate_function_level_reset);
  }
  hardware.sleep_ms(100);
  result = wait_until_ready(function, "flr");
  done(function, "flr", result);
  return result;
}

// Source: pcie_reset_flr() of Linux.
inline int reset_flr(Function& function, Purpose purpose) {
  const Enumerated& found = function.hardware.enumerated();
  if (found.no_flr) return -ENOTTY;
  if ((found.device_capabilities & pci::express::function_level_reset_capable) == 0) return -ENOTTY;
  if (purpose == Purpose::probe) return 0;
  return flr(function);
}

}  // namespace upstream
