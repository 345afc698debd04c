// The hand-written part that most variants share: a count of the open scopes, and the failure that sticks.
#pragma once

#include "opaque.h"

namespace bench {

struct Counted {
  int depth = 0;
  int failed = 0;
};
static_assert(sizeof(Counted) == 8);

inline int enter(Counted& device) {
  if (device.depth != 0) {
    ++device.depth;
    return 0;
  }
  if (const int error = bench_prepare(&device)) return error;
  device.depth = 1;
  device.failed = 0;
  return 0;
}

inline int leave(Counted& device, int error) {
  if (error != 0) device.failed = error;
  if (--device.depth != 0) return error;
  const int failed = device.failed;
  const int done_error = bench_done(&device, failed != 0);
  return failed != 0 ? failed : done_error;
}

}  // namespace bench
