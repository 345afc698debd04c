#include "harness.hpp"

namespace bench {

long repeat(Operation operation, Devices devices, std::size_t times) {
  long sum = 0;
  char* device = static_cast<char*>(devices.first);
  for (std::size_t i = 0; i != times; ++i) {
    sum += operation(device);
    device += devices.stride;
  }
  return sum;
}

long visit(Operation operation, Devices devices, const std::uint32_t* indices, std::size_t times) {
  long sum = 0;
  char* first = static_cast<char*>(devices.first);
  for (std::size_t i = 0; i != times; ++i) sum += operation(first + indices[i] * devices.stride);
  return sum;
}

}  // namespace bench
