// Lesson 2: the first tempting repair. reset_nic loses its pair, because the FLR has one. Nothing is refused any more,
// but the work after the FLR is not covered. Linux considered this repair and saw the gap in review: the message of
// commit 0d5fd7a9323c gives the reason.
#include <cerrno>
#include <cstdio>

struct Device {
  bool resetting = false;
};

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

int flr(Device& device) {
  const int result = prepare(device);
  if (result != 0) return result;
  std::puts("  FLR: the function is reset");
  done(device);
  return 0;
}

// Linux waits up to 15 s for the firmware of the HiNIC (reset_hinic_vf_dev in drivers/pci/quirks.c).
void wait_for_firmware(const Device& device) {
  std::printf("  firmware: still starting, and DMA %s\n", device.resetting ? "is blocked" : "GOES THROUGH");
}

int reset_nic(Device& device) {
  const int result = flr(device);
  if (result != 0) return result;
  wait_for_firmware(device);
  return 0;
}

int main() {
  Device device;
  std::puts("reset_nic without a pair of its own");
  std::printf("answer: %d\n", reset_nic(device));
}

// With the outer pair back, the program fails as in lesson 1.
//
// Break it: replace
//   const int result = flr(device);
// by
//   const int result = prepare(device) != 0 ? -EBUSY : flr(device);
// and it prints:   prepare: a reset is under way: -EBUSY
