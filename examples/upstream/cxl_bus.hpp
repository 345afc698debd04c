// Secondary bus reset below a CXL port, which ignores one unless it is unmasked. Encloses reset_bus(), pair in pair.
#pragma once

#include <cerrno>

#include "bus.hpp"
#include "function.hpp"
#include "pci/registers.hpp"
#include "prepare_done.hpp"

namespace upstream {

// With 7.0 the inner prepare is refused, and the method never works.
// Upstream's fault: nobody looks whether the bit could be set, and put back.
// Source: cxl_reset_bus_function() of Linux.
inline int reset_cxl_bus(Function& function, Purpose purpose) {
  Hardware* const port = function.hardware.port();
  if (port == nullptr || port->enumerated().cxl_port == 0) return -ENOTTY;
  if (purpose == Purpose::probe) return reset_bus(function, purpose);

  int result = prepare(function, "cxl_bus");
  if (result != 0) return result;
  const unsigned at = port->enumerated().cxl_port + pci::cxl_port::control;
  const unsigned control = read16(*port, at);
  const bool masked = (control & pci::cxl_port::unmask_sbr) == 0;
  if (masked) write16(*port, at, control | pci::cxl_port::unmask_sbr);
  result = reset_bus(function, purpose);
  if (masked) write16(*port, at, control);
  done(function, "cxl_bus", result);
  return result;
}

}  // namespace upstream
