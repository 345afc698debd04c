// Secondary bus reset, from the port above. Hot-plug slots are left out.
#pragma once

#include <cerrno>

#include "function.hpp"
#include "pci/registers.hpp"
#include "prepare_done.hpp"
#include "wait.hpp"

namespace upstream {

// Whether the port is a CXL port that ignores a secondary bus reset.
inline bool masks_bus_reset(Hardware& port) {
  const unsigned at = port.enumerated().cxl_port;
  return at != 0 && (read16(port, at + pci::cxl_port::control) & pci::cxl_port::unmask_sbr) == 0;
}

// Upstream's fault: nobody looks whether the two writes were accepted.
// Source: pci_reset_bus_function() and pci_parent_bus_reset() of Linux.
inline int reset_bus(Function& function, Purpose purpose) {
  const Enumerated& found = function.hardware.enumerated();
  Hardware* const port = function.hardware.port();
  if (port == nullptr || found.is_bridge || found.functions_on_bus != 1 || found.no_bus_reset) return -ENOTTY;
  if (purpose == Purpose::probe) return 0;
  if (masks_bus_reset(*port)) return -ENOTTY;

  int result = prepare(function, "bus");
  if (result != 0) return result;
  const unsigned control = read16(*port, pci::bridge::control);
  write16(*port, pci::bridge::control, control | pci::bridge::secondary_bus_reset);
  port->sleep_ms(2);
  write16(*port, pci::bridge::control, control & ~unsigned{pci::bridge::secondary_bus_reset});
  port->sleep_ms(100);
  result = wait_until_ready(function, "bus", longest_recovery_after_bus_reset_ms);
  done(function, "bus", result);
  return result;
}

}  // namespace upstream
