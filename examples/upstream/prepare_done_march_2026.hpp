// prepare and done as proposed in March 2026: the flag of 7.0, made idempotent.
// Source: https://lore.kernel.org/all/20260318220028.1146905-1-nicolinc@nvidia.com/, the first version of the fix.
#pragma once

#include "function.hpp"

namespace upstream::march_2026 {

// A second prepare succeeds and leaves no trace: it may be a nested one, or the retry of a reset that has failed.
inline int prepare(Function& function) {
  if (function.fence.resetting) return 0;
  const int result = function.hardware.block();
  if (result != 0) return result;
  function.fence.resetting = true;
  return 0;
}

// Skipped after a failure: then the device stays blocked, and the flag set. After a success the flag is cleared by the
// first done that comes along, which is the innermost one: the device is unblocked under the reset around it.
inline void done(Function& function, int result) {
  if (result != 0) return;
  if (!function.fence.resetting) return;
  const int attached = function.hardware.unblock();
  if (attached != 0) function.hardware.logs("done", "the domain could not be attached again", attached);
  function.fence.resetting = false;
}

}  // namespace upstream::march_2026
