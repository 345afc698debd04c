// Exercise 1: lesson 3 with a count by hand in place of the flag.
#include <cstdio>

struct Device {
  int resets = 0;
};

void prepare(Device& device) {
  if (device.resets++ == 0) std::puts("  prepare: DMA is blocked");
}

void done(Device& device) {
  if (--device.resets == 0) std::puts("  done: DMA goes through");
}

int flr(Device& device, bool works) {
  prepare(device);
  std::puts(works ? "  FLR: the function is reset" : "  FLR: fails");
  done(device);
  return works ? 0 : -110;
}

int reset_nic(Device& device, bool flr_works) {
  prepare(device);
  const int result = flr(device, flr_works);
  std::printf("  firmware: DMA %s\n", device.resets > 0 ? "is blocked" : "GOES THROUGH");
  done(device);  // whether or not the FLR failed
  return result;
}

int main() {
  Device device;
  std::puts("an FLR inside reset_nic: the firmware is covered");
  std::printf("reset_nic answers %d\n", reset_nic(device, true));
  std::puts("an FLR that fails: the count is right, and a device in an unknown state gets its DMA back");
  std::printf("reset_nic answers %d\n", reset_nic(device, false));
}
