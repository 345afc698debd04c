// The library's side of compare_code: what it makes of entering, leaving, and a whole reset.
#include "guarded_device.hpp"

namespace bench {

using Access = rg::detail::HandlerAccess<GuardedDevice, rg::Verdict<Work>>;

// The level that was opened; 0: refused.
extern "C" unsigned ours_enter(GuardedDevice* device) {
  rg::detail::Level level{};
  rg::detail::Word refusal{};
  return Access::open(*device, level, refusal) ? level.bits : 0;
}

extern "C" rg::detail::Word ours_leave(GuardedDevice* device, unsigned level, rg::detail::Word answer) {
  rg::detail::SuspendedPlace place;
  Access lent(*device, {static_cast<std::uint16_t>(level)}, place);
  return rg::detail::ResultWord::of(lent.finish(rg::detail::ResultWord::as<rg::Verdict<Work>>(answer)));
}

extern "C" int ours_reset(GuardedDevice* device) { return to_errno(rg::reset(*device, Work::run)); }

}  // namespace bench
