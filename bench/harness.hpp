// The loops that everything is measured in. Compiled once, apart from the variants: the same instructions for all.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bench {

using Operation = int (*)(void* device);  // 0, or a negative errno

// Devices of one variant, side by side.
struct Devices {
  void* first;
  std::size_t stride;  // 0: the same one, again and again
};

// Calls the operation `times` times, each time on the next device. Returns the sum of the answers.
long repeat(Operation operation, Devices devices, std::size_t times);

// The same, on the devices with these indices.
long visit(Operation operation, Devices devices, const std::uint32_t* indices, std::size_t times);

}  // namespace bench
