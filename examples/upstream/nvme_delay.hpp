// Intel and Solidigm NVMe controllers that answer after an FLR before they can be used: 250 ms more.
#pragma once

#include "flr.hpp"
#include "function.hpp"

namespace upstream {

// Upstream's fault: the result of FLR is dropped.
// Source: delay_250ms_after_flr() of Linux.
inline int reset_nvme_delay(Function& function, Purpose purpose) {
  if (purpose == Purpose::probe) return reset_flr(function, purpose);
  reset_flr(function, purpose);
  function.hardware.sleep_ms(250);
  return 0;
}

}  // namespace upstream
