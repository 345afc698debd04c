// prepare and done of the quarantine series of 2026, under discussion: counted, and done is told the result.
// Source: http://lists.infradead.org/pipermail/linux-arm-kernel/2026-April/1123114.html, version 3.
#pragma once

#include <cerrno>

#include "function.hpp"

namespace upstream::quarantine {

// A device that a failed reset left blocked is blocked already: a retry must be able to enter.
inline int prepare(Function& function) {
  Fence& fence = function.fence;
  if (++fence.depth > 1 || fence.blocked) return 0;
  const int result = function.hardware.block();
  if (result != 0) {
    --fence.depth;
    return result;
  }
  fence.blocked = true;
  return 0;
}

// After a failure the device stays blocked, also after -ENOTTY, which may be a wait that timed out. Only the outermost
// result counts: what an inner done was told is forgotten, and a handler that swallows tells the outer one 'success'.
// What a failed attach becomes is not known; here, as in 7.1, a line in the log.
inline void done(Function& function, int result) {
  Fence& fence = function.fence;
  if (fence.depth == 0) {
    function.hardware.logs("done", "called without a prepare", -EINVAL);
    return;
  }
  if (--fence.depth != 0 || result != 0) return;
  const int attached = function.hardware.unblock();
  if (attached != 0) function.hardware.logs("done", "the domain could not be attached again", attached);
  fence.blocked = false;
}

}  // namespace upstream::quarantine
