// The library's side of compare_code: what it makes of a reset, and of one inside another.
#include "guarded_device.hpp"

namespace bench {

extern "C" int library_reset(GuardedDevice* device) { return to_errno(rg::reset(*device, Work::run<GuardedDevice>)); }

extern "C" int library_nested(GuardedDevice* device) {
  return to_errno(rg::reset(*device, [](Scope& scope) { return rg::reset(scope.device(), Work::run<GuardedDevice>); }));
}

}  // namespace bench
