// Lesson 4: the third tempting repair, and the purpose of the proposal of lesson 3. After a failure done does nothing,
// because a device in an unknown state must not get its DMA back. But the flag now means two things, 'a reset is under
// way' and 'a reset failed', and prepare cannot tell which. (In the proposal a second prepare succeeds.)
#include <cerrno>
#include <cstdio>

struct Device {
  bool second_is_refused;
  bool resetting = false;
};

int prepare(Device& device) {
  if (device.resetting && device.second_is_refused) {
    std::puts("  prepare: a reset is under way: -EBUSY");
    return -EBUSY;
  }
  std::puts(device.resetting ? "  prepare: blocked already" : "  prepare: DMA is blocked");
  device.resetting = true;
  return 0;
}

void done(Device& device, int result) {
  if (result != 0) {
    std::puts("  done: skipped");
    return;
  }
  std::puts("  done: DMA goes through");
  device.resetting = false;
}

void reset(Device& device, int result) {
  if (prepare(device) != 0) return;
  std::puts(result != 0 ? "  the reset fails" : "  the reset works");
  done(device, result);
}

void say_where_dma_goes(const char* when, const Device& device) {
  std::printf("  %s, DMA %s\n", when, device.resetting ? "is blocked" : "GOES THROUGH");
}

int main() {
  std::puts("with a prepare that refuses, nobody can reset the device again");
  Device stuck{.second_is_refused = true};
  reset(stuck, -ETIMEDOUT);
  say_where_dma_goes("in an unknown state", stuck);
  reset(stuck, 0);

  std::puts("with one that lets in, a second try can begin; but so can a third, inside it, and takes its fence away");
  Device entered_twice{.second_is_refused = false};
  reset(entered_twice, -ETIMEDOUT);
  const int second_try = prepare(entered_twice);
  reset(entered_twice, 0);
  say_where_dma_goes("during the second try", entered_twice);
  done(entered_twice, second_try);
}

// If done always unblocks, nothing is stuck, but a device that was not reset gets its DMA back.
//
// Break it: replace
//   if (result != 0) {
// by
//   if (false && result != 0) {
// and it prints:   in an unknown state, DMA GOES THROUGH
