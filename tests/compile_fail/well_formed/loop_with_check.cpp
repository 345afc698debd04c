// Each of several must succeed.
#include "device.hpp"

rg::Status act(Device (&devices)[4]) {
  for (Device& device : devices) RESET_GUARD_CHECK(attempt(device));
  return rg::ok();
}
