// Lesson 3: the second tempting repair. A second prepare succeeds. Nothing is refused, and both resets have their pair,
// but a flag does not count: the first done clears it. Such a prepare was proposed in March 2026, to let a failed reset
// be retried ('iommu: Do not call pci_dev_reset_iommu_done() unless reset succeeds').
#include <cstdio>

struct Device {
  bool resetting = false;
};

void prepare(Device& device) {
  std::puts(device.resetting ? "  prepare: blocked already" : "  prepare: DMA is blocked");
  device.resetting = true;
}

void done(Device& device) {
  std::puts(device.resetting ? "  done: DMA goes through" : "  done: nothing to undo");
  device.resetting = false;
}

void flr(Device& device) {
  prepare(device);
  std::puts("  FLR: the function is reset");
  done(device);  // of the FLR
}

void wait_for_firmware(const Device& device) {
  std::printf("  firmware: still starting, and DMA %s\n", device.resetting ? "is blocked" : "GOES THROUGH");
}

void reset_nic(Device& device) {
  prepare(device);
  flr(device);
  wait_for_firmware(device);
  done(device);
}

int main() {
  Device device;
  std::puts("an FLR inside reset_nic");
  reset_nic(device);
  std::puts("an FLR alone");
  flr(device);
  std::printf("afterwards: DMA %s\n", device.resetting ? "is blocked, and nobody will lift it" : "goes through");
}

// Without the inner done the firmware is covered, but an FLR alone never ends.
//
// Break it: replace
//   done(device);  // of the FLR
// by
//   (nothing)
// and it prints: afterwards: DMA is blocked, and nobody will lift it
