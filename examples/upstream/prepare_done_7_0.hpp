// prepare and done of Linux 7.0: one flag for the whole isolation group.
// Source: https://lkml.iu.edu/hypermail/linux/kernel/2511.2/11622.html, merged for 7.0.
#pragma once

#include <cerrno>

#include "function.hpp"

namespace upstream::linux_7_0 {

// A second prepare is refused, and with it the reset that made it.
inline int prepare(Function& function) {
  if (function.fence.resetting) {
    function.hardware.logs("prepare", "a reset of the group is under way", -EBUSY);
    return -EBUSY;
  }
  const int result = function.hardware.block();
  if (result != 0) return result;
  function.fence.resetting = true;
  return 0;
}

// Called after every reset, and unblocks whether it worked or not.
inline void done(Function& function) {
  if (!function.fence.resetting) return;
  const int result = function.hardware.unblock();
  if (result != 0) function.hardware.logs("done", "the domain could not be attached again", result);
  function.fence.resetting = false;
}

}  // namespace upstream::linux_7_0
