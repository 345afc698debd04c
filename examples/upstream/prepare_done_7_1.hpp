// prepare and done of Linux 7.1 and 7.0.10: counted, per device.
// Source: https://lore.kernel.org/all/cover.1777074513.git.nicolinc@nvidia.com/, version 8, merged for 7.1.
#pragma once

#include <cerrno>

#include "function.hpp"

namespace upstream::linux_7_1 {

inline int prepare(Function& function) {
  Fence& fence = function.fence;
  if (++fence.depth > 1) return 0;
  const int result = function.hardware.block();
  if (result != 0) {
    --fence.depth;
    return result;
  }
  fence.blocked = true;
  return 0;
}

// It is not told how the reset ended, and cannot say how it ended itself: the last done unblocks whatever happened, and
// when the domain cannot be attached again, the device counts as unblocked all the same.
inline void done(Function& function) {
  Fence& fence = function.fence;
  if (fence.depth == 0) {
    function.hardware.logs("done", "called without a prepare", -EINVAL);
    return;
  }
  if (--fence.depth != 0) return;
  const int result = function.hardware.unblock();
  if (result != 0) function.hardware.logs("done", "the domain could not be attached again", result);
  fence.blocked = false;
}

}  // namespace upstream::linux_7_1
