// Function Level Reset of a conventional function, by the Advanced Features capability.
#pragma once

#include <cerrno>
#include <cstdint>

#include "function.hpp"
#include "pci/registers.hpp"
#include "prepare_done.hpp"
#include "wait.hpp"

namespace upstream {

// Upstream's faults: those of flr().
// Source: pci_af_flr() of Linux.
inline int reset_af_flr(Function& function, Purpose purpose) {
  namespace af = pci::advanced_features;
  constexpr unsigned both = af::transactions_pending_capable | af::function_level_reset_capable;
  Hardware& hardware = function.hardware;
  const unsigned at = hardware.enumerated().advanced_features;
  if (at == 0 || hardware.enumerated().no_flr) return -ENOTTY;
  if ((read_config(hardware, at + af::capabilities, 1) & both) != both) return -ENOTTY;
  if (purpose == Purpose::probe) return 0;

  // The status byte is the upper half of the 16 bits at control.
  constexpr auto pending = static_cast<std::uint16_t>(af::transactions_pending << 8);
  if (!no_transaction_pending(function, at + af::control, pending)) {
    hardware.logs("af_flr", "transactions are pending, and the reset goes on", -ETIMEDOUT);
  }

  int result = prepare(function, "af_flr");
  if (result != 0) return result;
  hardware.write_config(at + af::control, 1, af::initiate_function_level_reset);
  hardware.sleep_ms(100);
  result = wait_until_ready(function, "af_flr");
  done(function, "af_flr", result);
  return result;
}

}  // namespace upstream
