// Lesson 1: a reset that calls a reset. Written by hand. prepare and done are as in Linux 7.0 (drivers/iommu/iommu.c):
// one flag, and a second prepare is refused.
#include <cerrno>
#include <cstdio>

struct Device {
  bool resetting = false;
};

const char* name_of(int result) { return result == 0 ? "0" : "-EBUSY"; }

int prepare(Device& device) {
  if (device.resetting) {
    std::puts("  prepare: a reset is under way: -EBUSY");
    return -EBUSY;
  }
  device.resetting = true;
  std::puts("  prepare: DMA is blocked");
  return 0;
}

void done(Device& device) {
  device.resetting = false;
  std::puts("  done: DMA goes through");
}

// A function level reset can be called alone, so it has its own pair.
int flr(Device& device) {
  const int result = prepare(device);
  if (result != 0) return result;
  std::puts("  FLR: the function is reset");
  done(device);
  return 0;
}

// This device needs more than an FLR: its firmware must answer afterwards. That is a reset, too, with its own pair.
int reset_nic(Device& device) {
  int result = prepare(device);
  if (result != 0) return result;
  result = flr(device);
  std::printf("  reset_nic: FLR says %s\n", name_of(result));
  done(device);
  return result;
}

int main() {
  Device device;
  std::puts("an FLR alone");
  std::printf("FLR answers %s\n", name_of(flr(device)));
  std::puts("an FLR inside reset_nic: it never happens");
  std::printf("reset_nic answers %s\n", name_of(reset_nic(device)));
}

// Five of Linux's device-specific handlers call an FLR and drop its result. Here this hides that nothing was reset.
//
// Break it: replace
//   result = flr(device);
// by
//   flr(device);
// and it prints: reset_nic answers 0
