// Reset by power management: to D3hot and back to D0.
#pragma once

#include <cerrno>

#include "function.hpp"
#include "pci/registers.hpp"
#include "prepare_done.hpp"
#include "wait.hpp"

namespace upstream {

// Upstream's fault: nobody looks whether the two writes were accepted.
// Source: pci_pm_reset() of Linux.
inline int reset_pm(Function& function, Purpose purpose) {
  namespace power = pci::power_management;
  Hardware& hardware = function.hardware;
  if (hardware.enumerated().power_management == 0 || hardware.enumerated().no_pm_reset) return -ENOTTY;
  const unsigned control_status = hardware.enumerated().power_management + power::control_status;
  const unsigned found = read16(hardware, control_status);
  if ((found & power::no_soft_reset) != 0) return -ENOTTY;
  if (purpose == Purpose::probe) return 0;
  if ((found & power::power_state_mask) != power::d0) return -EINVAL;

  int result = prepare(function, "pm");
  if (result != 0) return result;
  constexpr unsigned states[] = {power::d3hot, power::d0};
  for (const unsigned state : states) {
    write16(hardware, control_status, (found & ~unsigned{power::power_state_mask}) | state);
    hardware.sleep_ms(10);
  }
  result = wait_until_ready(function, "pm");
  done(function, "pm", result);
  return result;
}

}  // namespace upstream
