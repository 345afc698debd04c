// A switch over what went wrong.
#include "device.hpp"

rg::Status act(Device& device) {
  auto status = attempt(device);
  if (!status.failed()) return status;
  const rg::Error error = RESET_GUARD_MOVE(status).error();
  switch (error.code()) {
    case rg::Errc::gone: return error;
    case rg::Errc::busy: return attempt(device);
    case rg::Errc::timed_out: device.blocked = true; return error;
    default: return rg::Error(rg::Errc::io, error.native(), "act");
  }
}
