// The card of the three ports, simulated: what both versions of a driver drive, and what became of it.
#pragma once

#include <cstdio>
#define RESET_GUARD_STRICT 1
#include <reset_guard/reset_guard.hpp>
#include <string>
#include <utility>

namespace rg = reset_guard;

struct Card {
  bool flr_works = true, dma_blocked = false;
  int key = 42;     // of the card's last user: in a register that an FLR clears
  int scratch = 0;  // a register for the driver; an FLR clears it

  bool flr() noexcept {  // whether it was over in time
    if (flr_works) key = scratch = 0;
    return flr_works;
  }
  bool load_firmware() noexcept { return true; }
};

inline void print_head() { std::puts("        | the FLR works                    | the FLR times out"); }

// A line for a version of the driver: what became of the card, and what the version answers.
template <class Device, class Version>
void run(const char* name, Version version) {
  std::printf("%-7s", name);
  for (const bool flr_works : {true, false}) {
    Device device;
    device.flr_works = flr_works;
    const std::string answer = version(device);
    std::printf(" | key %s, DMA %s%s", device.key == 0 ? "gone" : "kept",
                device.dma_blocked ? "blocked: " : "open:    ", answer.c_str());
    if (flr_works) std::printf("%*s", 9 - static_cast<int>(answer.size()), "");
  }
  std::puts("");
}
