// Lesson 4: the third tempting repair, of the same proposal. After a failure done is skipped: a device in an unknown
// state must not get its DMA back. But now a set flag means two things, 'a reset is under way' and 'a reset failed',
// and prepare cannot tell which.
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
  std::puts("if the second prepare is refused, nobody can reset the device again");
  Device stuck{.second_is_refused = true};
  reset(stuck, -ETIMEDOUT);
  say_where_dma_goes("in an unknown state", stuck);
  reset(stuck, 0);

  std::puts("if it is let in, so is one in the middle of another reset, whose fence it takes away");
  Device entered_twice{.second_is_refused = false};
  const int outer = prepare(entered_twice);
  reset(entered_twice, 0);
  say_where_dma_goes("in the middle of the outer reset", entered_twice);
  done(entered_twice, outer);
}

// With done called whatever happened nothing is stuck; but a device that was not reset gets its DMA back.
//
// Break it: replace
//   if (result != 0) {
// by
//   if (false && result != 0) {
// and it prints:   in an unknown state, DMA GOES THROUGH
