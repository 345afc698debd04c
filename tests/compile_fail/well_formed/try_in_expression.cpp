// The value of a result, in a condition and in a sum.
#include "device.hpp"

static rg::Result<int> number(Device& device) {
  if (device.blocked) return rg::Error(rg::Errc::busy, 0, "number");
  return 7;
}

rg::Result<int> act(Device& a, Device& b) {
  RESET_GUARD_TRY(const int first, number(a));
  RESET_GUARD_TRY(const int second, number(b));
  if (first > second) return rg::Error(rg::Errc::invalid, first, "act");
  return first + second;
}
