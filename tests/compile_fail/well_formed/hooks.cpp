// The hooks of a device that can fail.
#include "device.hpp"

struct Other {
  rg::ResetState reset_state;
  Device* bridge = nullptr;

  rg::Status reset_prepare() noexcept {
    if (bridge == nullptr) return rg::ok();
    RESET_GUARD_CHECK(attempt(*bridge));
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome == rg::Outcome::failed || bridge == nullptr) return rg::ok();
    return attempt(*bridge);
  }
};

rg::Status release(Other& device) { return rg::release_quarantine(device, "replaced by hand"); }
