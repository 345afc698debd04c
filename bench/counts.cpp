// To be run under valgrind's callgrind: every variant in every case, each for two numbers of operations. What one
// operation costs is the difference of the two, so that nothing of the measurement is in it; see counts.py.
#include <valgrind/callgrind.h>

#include <cstdio>
#include <string>

#include "cases.hpp"
#include "idle_thread.hpp"

namespace {

#if defined(__clang__)
constexpr const char* compiler = "clang " __clang_version__;
#else
constexpr const char* compiler = "g++ " __VERSION__;
#endif

constexpr std::size_t few = 100, many = 1100;

// The loop and the call alone.
int nothing(void*) { return 0; }

void measure(const std::string& name, bench::Operation operation, bench::Devices devices, std::size_t times) {
  const std::string label = name + "/" + std::to_string(times);
  CALLGRIND_ZERO_STATS;
  bench::repeat(operation, devices, times);
  CALLGRIND_DUMP_STATS_AT(label.c_str());
}

void count(const bench::Case& on, const bench::Variant& variant) {
  bench::with_devices(on, variant, few + few + many, [&](bench::Operation operation, bench::Devices devices) {
    const std::string name = std::string(on.name) + "/" + variant.name;
    const auto skip = [&](std::size_t used) {
      devices.first = static_cast<char*>(devices.first) + used * devices.stride;
    };
    bench::repeat(operation, devices, few);  // the first calls bind a library's functions, and warm up its allocator
    skip(few);
    measure(name, operation, devices, few);
    skip(few);
    measure(name, operation, devices, many);
  });
}

}  // namespace

int main() {
  if (RUNNING_ON_VALGRIND == 0) {
    std::fputs("bench_counts counts under valgrind --tool=callgrind; counts.py runs it so\n", stderr);
    return 2;
  }
  const bench::IdleThread idle;
  CALLGRIND_DUMP_STATS;  // the start of the program is not the first case's
  std::printf("compiler %s\n", compiler);
  for (const bench::Variant& variant : bench::variants()) {
    if (variant.one != nullptr) std::printf("bytes %s %zu\n", variant.name, variant.bytes);
  }
  measure("harness/nothing", nothing, {nullptr, 0}, few);
  measure("harness/nothing", nothing, {nullptr, 0}, many);
  for (const bench::Case& each : bench::cases) {
    for (const bench::Variant& variant : bench::variants()) {
      if (bench::has(variant, each)) count(each, variant);
    }
  }
}
