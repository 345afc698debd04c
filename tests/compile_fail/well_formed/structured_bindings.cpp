// A value with members, taken apart.
#include "device.hpp"

struct Bar {
  unsigned long address;
  unsigned size;
};

static rg::Result<Bar> read_bar(Device& device) {
  RESET_GUARD_CHECK(attempt(device));
  return Bar{0x1000, 16};
}

rg::Result<unsigned> act(Device& device) {
  RESET_GUARD_TRY(const Bar bar, read_bar(device));
  const auto [address, size] = bar;
  return static_cast<unsigned>(address) + size;
}
