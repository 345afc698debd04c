// To be run under valgrind's callgrind: every variant in every case, each for two numbers of operations. What one
// operation costs is the difference of the two, so that nothing of the measurement is in it; see counts.py.
#include <valgrind/callgrind.h>

#include <cstdio>
#include <string>

#include "cases.hpp"
#include "idle_thread.hpp"

namespace {

constexpr std::size_t few = 100, many = 1100;

void count(const bench::Case& on, const bench::Variant& variant) {
  bench::with_devices(on, variant, 1 + few + many, [&](bench::Operation operation, bench::Devices devices) {
    const auto measure = [&](std::size_t times) {
      const std::string label = std::string(on.name) + "/" + variant.name + "/" + std::to_string(times);
      CALLGRIND_ZERO_STATS;
      bench::repeat(operation, devices, times);
      CALLGRIND_DUMP_STATS_AT(label.c_str());
      devices.first = static_cast<char*>(devices.first) + times * devices.stride;
    };
    bench::repeat(operation, devices, 1);  // the first call of a library's function binds it
    devices.first = static_cast<char*>(devices.first) + devices.stride;
    measure(few);
    measure(many);
  });
}

}  // namespace

int main() {
  if (RUNNING_ON_VALGRIND == 0) {
    std::fputs("bench_counts counts under valgrind --tool=callgrind; counts.py runs it so\n", stderr);
    return 2;
  }
  const bench::IdleThread idle;
  for (const bench::Variant& variant : bench::variants()) std::printf("bytes %s %zu\n", variant.name, variant.bytes);
  for (const bench::Case& each : bench::cases) {
    for (const bench::Variant& variant : bench::variants()) {
      if (variant.*each.operation != nullptr) count(each, variant);
    }
  }
}
